// Loaded before the style sheet, so that the chosen scheme is there at the first
// paint. Without this script the system's scheme decides and nothing is filtered.
(function () {
  "use strict";
  var root = document.documentElement;
  var system = matchMedia("(prefers-color-scheme: dark)");

  function remembered(what) {
    try { return localStorage.getItem("annals-" + what); } catch (_) { return null; }
  }

  function remember(what, value) {
    try { localStorage.setItem("annals-" + what, value); } catch (_) { /* for this page only */ }
  }

  // Words with what they name in braces put in.
  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  }

  var chosen = remembered("scheme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;

  function schemeButton() {
    var button = document.querySelector(".scheme");
    if (!button) return;
    function label() {
      button.textContent = isDark() ? "[[section.light]]" : "[[section.dark]]";
      button.setAttribute("aria-label", isDark() ? "[[section.light-scheme]]" : "[[section.dark-scheme]]");
    }
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember("scheme", root.dataset.theme);
      label();
    });
    system.addEventListener("change", label);
    label();
    button.hidden = false;
  }

  // On the timeline: which events to show. The choice stands in the address, so that
  // it can be sent to somebody: ?actor=nato&outlet=kestrel&kind=planned.
  function filterEvents() {
    var form = document.querySelector(".filter");
    if (!form) return;
    var events = document.querySelectorAll(".timeline > .event");
    var boxes = form.querySelectorAll("input");
    var selects = form.querySelectorAll("select");
    var said = form.querySelector("output");
    var kinds = new Set();
    function kindOf(event) { return event.classList.item(1); }
    events.forEach(function (event) { kinds.add(kindOf(event)); });

    function read() {
      var query = new URLSearchParams(location.search);
      var wanted = query.getAll("kind");
      boxes.forEach(function (box) {
        box.checked = !wanted.length || wanted.indexOf(box.value) >= 0;
      });
      selects.forEach(function (select) {
        var key = query.get(select.name) || "";
        var known = Array.prototype.some.call(select.options, function (option) {
          return option.value === key;
        });
        if (!known) select.add(new Option(key, key));
        select.value = key;
      });
    }

    function write() {
      var query = new URLSearchParams();
      selects.forEach(function (select) { if (select.value) query.set(select.name, select.value); });
      var here = Array.prototype.filter.call(boxes, function (box) { return kinds.has(box.value); });
      if (here.some(function (box) { return !box.checked; })) {
        here.forEach(function (box) { if (box.checked) query.append("kind", box.value); });
        if (!query.has("kind")) query.append("kind", "none");
      }
      var text = query.toString();
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    }

    // The other pages of the list show the same choice.
    function carry() {
      document.querySelectorAll(".pager a, .years a").forEach(function (link) {
        link.search = location.search;
      });
    }

    function apply() {
      var shown = new Set();
      var n = 0;
      boxes.forEach(function (box) { if (box.checked) shown.add(box.value); });
      events.forEach(function (event) {
        var keys = shown.has(kindOf(event));
        selects.forEach(function (select) {
          var own = (event.dataset[select.name] || "").split(" ");
          if (select.value && own.indexOf(select.value) < 0) keys = false;
        });
        event.hidden = !keys;
        if (keys) n += 1;
      });
      document.querySelectorAll(".month").forEach(function (month) {
        month.hidden = !month.querySelector(".event:not([hidden])");
      });
      said.textContent = n === events.length ? "" : fill("[[timeline.on-this-page]]", { n: n, all: events.length });
    }

    boxes.forEach(function (box) { box.parentNode.hidden = !kinds.has(box.value); });
    form.querySelector("fieldset").hidden = kinds.size < 2;
    form.hidden = kinds.size < 2 && !selects.length;
    form.addEventListener("change", function () { write(); apply(); carry(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    if (form.hidden) return;
    read();
    apply();
    carry();
    // A link to an event leads to it, whatever is filtered.
    var aim = location.hash && document.getElementById(location.hash.slice(1));
    if (aim) aim.hidden = false;
  }

  // On the index of actors: only names that contain what is typed, accents or not.
  function nameFilter() {
    var filter = document.querySelector(".narrow");
    if (!filter) return;
    var input = filter.querySelector("input");
    var status = filter.querySelector("[role=status]");
    function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
    var rows = Array.prototype.map.call(document.querySelectorAll(".actors tbody tr"), function (row) {
      return { row: row, name: plain(row.querySelector("a").textContent) };
    });
    input.addEventListener("input", function () {
      var wanted = plain(input.value.trim());
      var shown = 0;
      rows.forEach(function (each) {
        each.row.hidden = each.name.indexOf(wanted) < 0;
        if (!each.row.hidden) shown += 1;
      });
      document.querySelectorAll(".month").forEach(function (group) {
        group.hidden = !group.querySelector("tbody tr:not([hidden])");
      });
      status.textContent = wanted ? fill("[[timeline.n-of-all]]", { n: shown, all: rows.length }) : "";
    });
    filter.hidden = rows.length < 10;
  }

  // A focused link says who it is about at the foot of the window; Escape takes that away.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") root.dataset.quiet = "";
  });
  document.addEventListener("focusin", function () { delete root.dataset.quiet; });
  // Ctrl+K or Cmd+K: to the search field, on whatever page.
  function searchKey() {
    document.addEventListener("keydown", function (event) {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      if (event.key.toLowerCase() !== "k") return;
      var field = document.getElementById("q");
      var link = document.querySelector(".seek a");
      if (!field && !link) return;
      event.preventDefault();
      if (field) { field.focus(); field.select(); return; }
      location.href = whole(link.href) + "#q";
    });
  }

  // A page opened from a folder: there a link to a folder would list its files.
  function whole(href) {
    return location.protocol === "file:" ? href.replace(/\/(?=$|[?#])/, "/index.html") : href;
  }

  function folderLinks() {
    if (location.protocol !== "file:") return;
    document.addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      if (link && link.protocol === "file:") link.href = whole(link.href);
    }, true);
  }

  // On an article: whether actors and dates are marked in the text.
  function marksButton() {
    var button = document.querySelector(".marks");
    if (!button || !document.querySelector(".body a.actor, .body a.date")) return;
    function show(marked) {
      root.classList.toggle("unmarked", !marked);
      button.setAttribute("aria-pressed", String(marked));
    }
    button.addEventListener("click", function () {
      var marked = root.classList.contains("unmarked");
      remember("marks", marked ? "on" : "off");
      show(marked);
    });
    show(remembered("marks") !== "off");
    button.parentNode.hidden = false;
  }

  // On an article: a paragraph's sign offers its link and its words to copy.
  // Without the clipboard the sign stays the link it is.
  function copyTools() {
    var tools = document.querySelector(".copy");
    if (!tools || !navigator.clipboard) return;
    var status = tools.querySelector("[role=status]");
    var sign = null;

    function words() {
      var copy = sign.parentNode.cloneNode(true);
      copy.querySelectorAll(".anchor, .copy").forEach(function (own) { own.remove(); });
      return copy.textContent.trim();
    }

    function link(quoted) {
      var text = quoted && words().split(/\s+/);
      if (!text) return sign.href;
      // A text fragment shows the passage even where the anchor is unknown.
      var encode = function (part) { return encodeURIComponent(part.join(" ")).replace(/-/g, "%2D"); };
      var range = text.length > 10 ? encode(text.slice(0, 5)) + "," + encode(text.slice(-5)) : encode(text);
      return sign.href + ":~:text=" + range;
    }

    function close() {
      tools.hidden = true;
      if (sign) sign.setAttribute("aria-expanded", "false");
      sign = null;
    }

    document.querySelectorAll(".body .anchor").forEach(function (anchor) {
      anchor.setAttribute("aria-expanded", "false");
      anchor.addEventListener("click", function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        history.replaceState(null, "", anchor.hash);
        if (sign === anchor) return close();
        close();
        sign = anchor;
        status.textContent = "";
        anchor.setAttribute("aria-expanded", "true");
        anchor.parentNode.appendChild(tools);
        tools.hidden = false;
        tools.querySelector("button").focus();
      });
    });
    tools.addEventListener("click", function (event) {
      var what = event.target.value;
      if (!what || !sign) return;
      var text = what === "link" ? link(false)
        : fill("[[language.quotation]]", { text: words() }) + " (" + tools.dataset.citation + ") " + link(true);
      navigator.clipboard.writeText(text).then(function () { status.textContent = status.dataset.done; });
    });
    tools.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !sign) return;
      var back = sign;
      close();
      back.focus();
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    schemeButton();
    marksButton();
    copyTools();
    filterEvents();
    searchKey();
    folderLinks();
    nameFilter();
  });
})();
