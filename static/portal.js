// Progressive enhancement only: every page works without this file.
"use strict";
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  let leader = 0;

  const go = (key) => {
    const link = document.querySelector(`a[data-shortcut="${CSS.escape(key)}"]`);
    if (link) window.location.assign(link.href);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector("#search")?.focus();
    } else if (event.key === "?") {
      document.querySelector("#keyboard-help")?.showModal();
    } else if (event.key === "g") {
      leader = Date.now();
    } else if (Date.now() - leader < 1500) {
      leader = 0;
      go(event.key);
    }
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog, .toast-note").close?.();
    event.target.closest(".toast-note [data-close]")?.closest(".toast-note").remove();
    if (event.target.nodeName === "DIALOG") event.target.close();
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => {
      copy.setAttribute("data-copied", "");
      setTimeout(() => copy.removeAttribute("data-copied"), 2000);
    });
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("form[data-autosubmit] select")) event.target.form.requestSubmit();
    const all = event.target.closest("[data-check-all]");
    if (all) for (const box of all.form.elements) if (box.name === all.dataset.checkAll) box.checked = all.checked;
  });

  const labelCells = (root) => {
    for (const table of root.querySelectorAll("table.table:not(.table-keep)")) {
      const heads = [...table.querySelectorAll("thead th")].map((cell) => (cell.querySelector(".visually-hidden") ? "" : cell.textContent.trim()));
      for (const row of table.querySelectorAll("tbody tr")) {
        [...row.cells].forEach((cell, at) => cell.dataset.label ?? (cell.dataset.label = heads[at] ?? ""));
      }
    }
  };

  const ready = (root) => {
    labelCells(root);
    for (const note of root.querySelectorAll(".toast-note.success, .toast-note.info")) setTimeout(() => note.remove(), 8000);
  };
  document.addEventListener("htmx:load", (event) => ready(event.target));
  document.addEventListener("DOMContentLoaded", () => {
    for (const found of document.querySelectorAll("[data-copy], [data-check-all]")) found.hidden = false;
    for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
      const row = tab.closest(".tabs");
      row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - 40;
    }
    ready(document);
  });
})();
