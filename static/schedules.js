// The calendar of a schedule. A drag proposes an override; the form shows who is affected before anything is saved.
"use strict";
(() => {
  const place = document.querySelector("#calendar");
  if (!place || !window.EventCalendar) return;
  const phone = window.matchMedia("(max-width: 767.98px)").matches;
  const local = (date) => new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  const person = () => document.querySelector("#takes-over")?.value ?? "";

  const propose = (shift, times) => {
    const asked = new URLSearchParams({ role: shift.role, ...times });
    if (person()) asked.set("user", person());
    if (shift.person) asked.set("replaces", shift.person);
    window.location.assign(`${place.dataset.override}?${asked}`);
  };

  const moved = (info) => {
    const times = { starts_at: local(info.event.start), ends_at: local(info.event.end) };
    const shift = info.event.extendedProps;
    info.revert();
    propose(shift, times);
  };

  // The library leaves its arrows without names, and calls a list what holds its toolbar too.
  const name = () => {
    place.querySelector(".ec-prev")?.setAttribute("aria-label", "Earlier");
    place.querySelector(".ec-next")?.setAttribute("aria-label", "Later");
    for (const one of place.querySelectorAll("[role=list], [role=listitem]")) one.removeAttribute("role");
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
    eventDrop: moved,
    eventResize: moved,
    eventClick: ({ event }) => {
      const { state, starts_at, ends_at } = event.extendedProps;
      if (place.dataset.override && state !== "Nobody planned") propose(event.extendedProps, { starts_at, ends_at });
    },
  });
})();
