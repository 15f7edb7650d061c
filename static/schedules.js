// The timeline and the calendar of a schedule. A drag proposes an override; the form shows who is affected before
// anything is saved. Without a mouse a shift of the timeline is a link to the same form.
"use strict";
const takerAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-taker]");

(() => {
  const FAR = 6;
  let drag = null;

  const mark = (over) => {
    for (const one of document.querySelectorAll(".is-over")) one.classList.remove("is-over");
    over?.classList.add("is-over");
  };

  const begin = () => {
    drag.label = document.createElement("div");
    drag.label.className = "drag-label";
    drag.label.textContent = drag.link.querySelector("title").textContent;
    document.body.append(drag.label);
    document.body.classList.add("is-dragging");
  };

  const end = () => {
    drag?.label?.remove();
    document.body.classList.remove("is-dragging");
    mark(null);
    drag = null;
  };

  const other = (event) => {
    const over = takerAt(event);
    return over && over.dataset.taker !== drag.link.dataset.taker ? over : null;
  };

  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest?.(".t-take");
    if (link && event.button === 0 && event.pointerType !== "touch") drag = { link, x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.label && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    if (!drag.label) begin();
    drag.label.style.left = `${event.clientX + 14}px`;
    drag.label.style.top = `${event.clientY + 14}px`;
    mark(other(event));
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const over = drag.label && other(event);
    const address = drag.link.getAttribute("href");
    if (drag.label) window.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    end();
    if (over) window.location.assign(`${address}&user=${over.dataset.taker}`);
  });
  document.addEventListener("pointercancel", end);
  document.addEventListener("keydown", (event) => event.key === "Escape" && end());
  document.addEventListener("dragstart", (event) => event.target.closest?.(".t-take") && event.preventDefault());
})();

(() => {
  const place = document.querySelector("#calendar");
  if (!place || !window.EventCalendar) return;
  const phone = window.matchMedia("(max-width: 767.98px)").matches;
  const local = (date) => new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  const person = () => document.querySelector("#takes-over")?.value ?? "";

  const propose = (shift, times, taker = person()) => {
    const asked = new URLSearchParams({ role: shift.role, ...times });
    if (taker) asked.set("user", taker);
    if (shift.person) asked.set("replaces", shift.person);
    window.location.assign(`${place.dataset.override}?${asked}`);
  };

  let given = false;

  // Dropped on a person rather than on other hours.
  const dropped = ({ event, jsEvent }) => {
    const over = takerAt(jsEvent);
    const { starts_at, ends_at } = event.extendedProps;
    given = Boolean(over);
    document.body.classList.remove("is-dragging");
    if (over) propose(event.extendedProps, { starts_at, ends_at }, over.dataset.taker);
  };

  const moved = (info) => {
    if (given) return info.revert();
    const times = { starts_at: local(info.event.start), ends_at: local(info.event.end) };
    const shift = info.event.extendedProps;
    info.revert();
    propose(shift, times);
  };

  // The library leaves its arrows without names, and calls lists and tables what hold other things too.
  const name = () => {
    place.querySelector(".ec-prev")?.setAttribute("aria-label", "Earlier");
    place.querySelector(".ec-next")?.setAttribute("aria-label", "Later");
    for (const one of place.querySelectorAll("[role]:not([role=button])")) one.removeAttribute("role");
    for (const index of ["aria-colindex", "aria-rowindex", "aria-colcount", "aria-rowcount"]) {
      for (const one of place.querySelectorAll(`[${index}]`)) one.removeAttribute(index);
    }
  };
  new MutationObserver(name).observe(place, { childList: true, subtree: true, attributes: true, attributeFilter: ["role"] });

  window.EventCalendar.create(place, {
    view: phone ? "listWeek" : "dayGridMonth",
    firstDay: 1,
    height: "auto",
    headerToolbar: { start: "prev,next today", center: "title", end: phone ? "" : "dayGridMonth,timeGridWeek,listMonth" },
    buttonText: { today: "Today", dayGridMonth: "Month", timeGridWeek: "Week", listMonth: "List" },
    eventTimeFormat: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    slotLabelFormat: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    dayMaxEvents: false,
    editable: Boolean(place.dataset.override),
    eventSources: [{ url: place.dataset.events, method: "GET" }],
    eventDragStart: () => document.body.classList.add("is-dragging"),
    eventDragStop: dropped,
    eventDrop: moved,
    eventResize: moved,
    eventClick: ({ event }) => {
      const { state, starts_at, ends_at } = event.extendedProps;
      if (place.dataset.override && state !== "Nobody planned") propose(event.extendedProps, { starts_at, ends_at });
    },
  });
})();
