// Shows what is on screen. Written for old phones too: no module, no framework, texts only through textContent.
(function () {
  "use strict";
  var words = JSON.parse(document.getElementById("words").textContent);
  var main = document.getElementById("slide"), state = document.getElementById("state"), place = document.getElementById("place");
  var over = false, source = null;

  function add(parent, tag, text, name) {
    var node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (name) node.className = name;
    parent.appendChild(node);
    return node;
  }

  function table(parent, slide) {
    var columns = slide.rows.reduce(function (most, row) { return Math.max(most, row.length); }, 0);
    if (columns < 2) {
      var list = add(parent, "ul");
      slide.rows.forEach(function (row) { add(list, "li", row[0]); });
      return;
    }
    var node = add(parent, "table");
    if (slide.head.length) {
      var head = add(add(node, "thead"), "tr");
      slide.head.forEach(function (text) { add(head, "th", text).scope = "col"; });
    }
    var body = add(node, "tbody");
    slide.rows.forEach(function (row) {
      var line = add(body, "tr");
      row.forEach(function (text) { add(line, "td", text); });
    });
  }

  function show(slide) {
    document.documentElement.lang = slide.language;
    main.textContent = "";
    add(main, "h1", slide.title);
    if (slide.lead) add(main, "p", slide.lead, "lead");
    if (slide.rows.length) table(main, slide);
    place.textContent = slide.place;
    state.textContent = "";
    window.scrollTo(0, 0);
  }

  function end() {
    over = true;
    if (source) source.close();
    show({ language: document.documentElement.lang, title: words.over, lead: "", head: [], rows: [], place: "" });
  }

  function listen() {
    if (over) return;
    if (source) source.close();
    source = new EventSource(words.code + "/screen");
    source.onmessage = function (event) { show(JSON.parse(event.data)); };
    source.addEventListener("over", end);
    source.onopen = function () { state.textContent = ""; };
    source.onerror = function () {
      if (over) return;
      state.textContent = words.away;
      if (source.readyState === 2) { // refused: the code is void, or the server is not back yet
        fetch(location.href, { cache: "no-store" }).then(function (answer) { if (answer.status === 404) end(); else setTimeout(listen, 2000); }, function () { setTimeout(listen, 2000); });
      }
    };
  }

  document.addEventListener("visibilitychange", function () { if (!document.hidden && !over && source.readyState === 2) listen(); });
  listen();
})();
