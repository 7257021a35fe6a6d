// Looks through sotinhSearch (search-index.js) for the words of ?q= and of the box in the header.
// Texts become text nodes, never markup.
"use strict";
(function () {
  const MOST = 20; // shown of one kind
  const PAUSE = 120; // milliseconds without a key before the list is drawn anew
  // As much as a word of the query may tell; of every word the best counts.
  const WHOLE = 5, BEGINS = 4, INSIDE = 2, BESIDE_BEGINS = 2, BESIDE_INSIDE = 1;

  // As `folded` of include/folding.py.
  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[đð]/g, "d")
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  function entriesOf(kind) {
    return kind.rows.map(function (row, place) {
      const beside = folded((row[2] || "") + " " + (row[3] || ""));
      return { path: row[0], name: row[1], detail: row[2] || "", place: place,
        words: " " + folded(row[1]) + " ", beside: " " + beside + " " };
    });
  }

  // 0 where the entry does not have the word.
  function told(entry, word) {
    if (entry.words.includes(" " + word + " ")) return WHOLE;
    if (entry.words.includes(" " + word)) return BEGINS;
    if (entry.words.includes(word)) return INSIDE;
    if (entry.beside.includes(" " + word)) return BESIDE_BEGINS;
    return entry.beside.includes(word) ? BESIDE_INSIDE : 0;
  }

  // Every word must be there; the words in their order, and at the beginning, count more.
  function score(entry, query, words) {
    let sum = 0;
    for (const word of words) {
      const worth = told(entry, word);
      if (!worth) return 0;
      sum += worth;
    }
    if (entry.words.includes(" " + query)) sum += WHOLE;
    if (entry.words.startsWith(" " + query)) sum += WHOLE;
    if (entry.words === " " + query + " ") sum += WHOLE;
    return sum;
  }

  function search(kinds, text) {
    const query = folded(text);
    const words = query.split(" ").filter(Boolean);
    return kinds.map(function (kind) {
      const found = words.length ? kind.entries.map(function (entry) {
        return { entry: entry, score: score(entry, query, words) };
      }).filter(function (one) { return one.score; }) : [];
      found.sort(function (a, b) { return b.score - a.score || a.entry.place - b.entry.place; });
      return { kind: kind, found: found.map(function (one) { return one.entry; }) };
    }).filter(function (group) { return group.found.length; });
  }

  function element(name, text) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    return made;
  }

  function filled(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }

  function number(value) {
    return value.toLocaleString(document.documentElement.lang === "vi" ? "vi-VN" : "en-GB");
  }

  function listed(entry) {
    const item = element("li"), link = element("a");
    link.href = entry.path;
    link.append(element("bdi", entry.name));
    item.append(link);
    if (entry.detail) {
      const detail = element("span");
      detail.className = "measure";
      detail.append(" · ", element("bdi", entry.detail));
      item.append(detail);
    }
    return item;
  }

  function drawn(group, words) {
    const section = element("section"), list = element("ol");
    section.append(element("h2", group.kind.name));
    for (const entry of group.found.slice(0, MOST)) list.append(listed(entry));
    section.append(list);
    if (group.found.length > MOST) {
      const more = element("p", filled(words.more, { shown: number(MOST), count: number(group.found.length) }));
      more.className = "note";
      section.append(more);
    }
    return section;
  }

  function leftOut(kinds, words) {
    return kinds.filter(function (kind) { return kind.rows.length < kind.total; }).map(function (kind) {
      const rest = element("p", filled(words.leftOut,
        { name: kind.name, rows: number(kind.rows.length), total: number(kind.total) }));
      rest.className = "note";
      return rest;
    });
  }

  function start() {
    const box = document.querySelector("header input[name=q]");
    const results = document.getElementById("search-results");
    const status = document.getElementById("search-status");
    const other = document.querySelector("a.language");
    const title = document.title, words = results.dataset, otherPath = other.getAttribute("href");
    if (typeof sotinhSearch === "undefined") {
      status.textContent = words.missing;
      return;
    }
    const kinds = sotinhSearch.map(function (kind) { return { ...kind, entries: entriesOf(kind) }; });

    function show() {
      const text = box.value.trim();
      const groups = search(kinds, text);
      const count = groups.reduce(function (sum, group) { return sum + group.found.length; }, 0);
      status.textContent = text
        ? filled(count ? words.found : words.none, { count: number(count), query: text }) : "";
      document.title = text ? text + " · " + title : title;
      other.setAttribute("href", text ? otherPath + "?q=" + encodeURIComponent(text) : otherPath);
      results.replaceChildren(...groups.map(function (group) { return drawn(group, words); }),
        ...leftOut(kinds, words));
    }

    let waiting = 0;
    box.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () {
        const text = box.value.trim();
        history.replaceState(null, "", text ? "?q=" + encodeURIComponent(text) : location.pathname);
        show();
      }, PAUSE);
    });
    box.value = new URLSearchParams(location.search).get("q") || "";
    show();
    if (!box.value) box.focus();
  }

  start();
})();
