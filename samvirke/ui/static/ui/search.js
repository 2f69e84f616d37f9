/* Search in people's own words: the twin of publishing/search/query.py (change both; tests/cases.json holds
   them together), and the small script that makes a search page answer without the server. */
(function (root) {
  "use strict";

  var LONGEST = 200, SURE = 50, FAINT = 900, HALF = 12000;
  var ENDINGS = ["ende", "ande", "ane", "ert", "ing", "en", "et", "er", "ar", "ed", "a", "e", "s"];
  var FOLDS = [["ø", "o"], ["æ", "a"], ["đ", "d"], ["ł", "l"], ["aa", "a"], ["oe", "o"], ["ae", "a"]];
  var known = { words: null, forms: null };

  function fold(word) {
    if (Array.from(word).length <= 3) return word;
    word = word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    FOLDS.forEach(function (pair) { word = word.split(pair[0]).join(pair[1]); });
    return word;
  }

  function roots(word) {
    var left = [word], ending;
    function goes(e) { return word.endsWith(e) && word.length - e.length >= 4; }
    while ((ending = ENDINGS.find(goes))) {
      word = word.slice(0, -ending.length);
      left.push(word);
    }
    return left;
  }

  function tokens(text) {
    text = Array.from(text).slice(0, LONGEST).join("").toLowerCase().normalize("NFC");
    return (text.replace(/['’`´]/g, "").match(/[\p{L}\p{N}]+/gu) || []).map(fold);
  }

  function forms(words) {
    if (known.words !== words) {
      known = { words: words, forms: new Map() };
      words.split("|").forEach(function (group, number) {
        group.split(" ").forEach(function (form) {
          if (known.forms.has(form)) known.forms.get(form).push(number);
          else known.forms.set(form, [number]);
        });
      });
    }
    return known.forms;
  }

  function apart(a, b, limit) {
    var i = 0;
    while (i < a.length && i < b.length && a[i] === b[i]) i++;
    a = a.slice(i);
    b = b.slice(i);
    if (!a || !b || limit === 0) return Math.min(Math.max(a.length, b.length), limit + 1);
    var best = Math.min(
      apart(a.slice(1), b, limit - 1), apart(a, b.slice(1), limit - 1), apart(a.slice(1), b.slice(1), limit - 1));
    if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) {
      best = Math.min(best, apart(a.slice(2), b.slice(2), limit - 1));
    }
    return best + 1;
  }

  function parts(map, word) {
    var near = [];
    map.forEach(function (numbers, form) {
      var short = form.length < word.length ? form : word, long = form.length < word.length ? word : form;
      var begins = short.length >= 4 && long.startsWith(short), ends = short.length >= 5 && long.endsWith(short);
      if (numbers[0] && (begins || ends)) near.push([form, 40 + Math.floor(40 * short.length / long.length)]);
    });
    return near;
  }

  function slips(map, word, limit) {
    var near = [], tried = roots(word).filter(function (root) { return root.length >= 4; });
    var short = word.length < 6;
    map.forEach(function (numbers, form) {
      if (form.length < 4 || ((short || limit > 1) && form[0] !== word[0])) return;
      var slipped = tried.some(function (root) {
        return Math.abs(form.length - root.length) <= limit && apart(root, form, limit) === limit;
      });
      if (slipped) near.push([form, short || limit > 1 ? 40 : 60]);
    });
    return near;
  }

  function alike(map, word) {
    var left = roots(word), same = left.find(function (root) { return map.has(root); });
    if (same) return [[same, 100]];
    if (word.length < 4 || "0123456789".indexOf(word[0]) >= 0) return [];
    var near = slips(map, word, 1);
    if (!near.length) near = parts(map, left[left.length - 1]);
    return near.length || word.length < 8 ? near : slips(map, word, 2);
  }

  function find(index, words) {
    var map = forms(index.words), found = new Map(), asked = tokens(words);
    function meet(form, quality, places) {
      map.get(form).forEach(function (number) {
        var met = found.get(number) || { quality: 0, places: new Set() };
        places.forEach(function (place) { met.places.add(place); });
        found.set(number, { quality: Math.max(met.quality, quality), places: met.places });
      });
    }
    asked.forEach(function (word, place) {
      alike(map, word).forEach(function (pair) { meet(pair[0], pair[1], [place]); });
    });
    asked.slice(1).forEach(function (two, place) {
      var whole = roots(fold(asked[place] + two)).find(function (root) { return map.has(root); });
      if (whole && whole.length >= 6) meet(whole, 100, [place, place + 1]);
    });
    return found;
  }

  function crises(index, found) {
    var kinds = new Set();
    index.crisis.forEach(function (rule) {
      var span = rule[1], numbers = rule.slice(2);
      if (!numbers.every(function (n) { return found.has(n) && found.get(n).quality >= SURE; })) return;
      var spots = numbers.map(function (number) { return Array.from(found.get(number).places); });
      var close = [].concat.apply([], spots).some(function (start) {
        return spots.every(function (places) {
          return places.some(function (place) { return start <= place && place < start + span; });
        });
      });
      if (close) kinds.add(rule[0]);
    });
    return Array.from(kinds).sort();
  }

  function points(index, found) {
    var met = [], total = index.entries.map(function () { return 0; });
    index.rules.forEach(function (rule) {
      var numbers = rule.slice(1), places = new Set();
      if (!numbers.every(function (number) { return found.has(number); })) return;
      numbers.forEach(function (number) { found.get(number).places.forEach(function (p) { places.add(p); }); });
      var quality = Math.min.apply(null, numbers.map(function (number) { return found.get(number).quality; }));
      met.push({ row: index.reach[rule[0]], quality: quality, places: places });
    });
    function covers(longer, rule) {
      return longer.places.size > rule.places.size &&
        Array.from(rule.places).every(function (place) { return longer.places.has(place); });
    }
    met.forEach(function (rule) {
      var share = met.some(function (longer) { return covers(longer, rule); }) ? 1 : 3;
      for (var i = 0; i < rule.row.length; i += 2) total[rule.row[i]] += rule.row[i + 1] * rule.quality * share;
    });
    return total;
  }

  function search(index, words, limit) {
    if (!words.trim()) return [];
    var found = find(index, words), total = points(index, found);
    var first = [].concat.apply([], crises(index, found).map(function (kind) { return index.lines[kind]; }));
    var ranked = total.map(function (_, entry) { return entry; })
      .filter(function (entry) { return total[entry] >= FAINT; })
      .sort(function (a, b) { return total[b] - total[a] || a - b; });
    var order = Array.from(new Set(first.concat(ranked)));
    var hint = index.hints.find(function (pair) { return found.has(pair[0]) && found.get(pair[0]).quality === 100; });
    return (order.length ? order : index.fallback).slice(0, limit || 10).map(function (entry, place) {
      var crisis = first.indexOf(entry) >= 0, row = index.entries[entry];
      return {
        id: row[0], title: row[1], url: row[2], kind: row[3], actor: row[4],
        score: crisis ? 1 : total[entry] / (total[entry] + HALF), phone: row[5],
        note: (place === 0 && hint ? hint[1] : "") || row[6], crisis: crisis, fallback: !order.length
      };
    });
  }

  root.samvirkeSearch = { search: search, start: start };
  if (typeof module !== "undefined" && module.exports) module.exports = root.samvirkeSearch;
  if (root.document) {
    if (root.document.readyState === "loading") root.document.addEventListener("DOMContentLoaded", startAll);
    else startAll();
  }

  /* ---- The page ---------------------------------------------------------------------------------------
     <form data-search data-index="URL" data-none data-count-one data-count-many data-offline
           [data-crisis] [data-results-id="id of the list"]>
     with one input of type search or text,
     <ol data-results> and an element with role=status, in the form, its [data-search-area] or the page.
     {n} in a count stands for the number. Without this script, or when the index cannot be had, the form is
     posted; with it the words never leave the page. */

  function startAll() {
    Array.prototype.forEach.call(root.document.querySelectorAll("form[data-search]"), start);
  }

  function start(form) {
    var box = form.querySelector("input[type=search], input[type=text]");
    var scope = form.closest("[data-search-area]") || root.document;
    var list = form.dataset.resultsId
      ? root.document.getElementById(form.dataset.resultsId) : scope.querySelector("[data-results]");
    var status = scope.querySelector("[data-search-status]") || scope.querySelector("[role=status]");
    var loading = null;
    if (!box || !list || !root.fetch || form.dataset.answers) return;
    form.dataset.answers = "here";

    function load() {
      if (!loading) {
        loading = root.fetch(form.dataset.index, { credentials: "omit" }).then(function (answer) {
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        });
        loading.catch(function () { loading = null; });
      }
      return loading;
    }

    function prepare() { load().catch(function () {}); }

    if (form.contains(root.document.activeElement)) prepare();
    else form.addEventListener("focusin", prepare, { once: true });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var words = box.value;
      load().then(function (index) {
        show(form, list, status, search(index, words));
      }, function () {
        if (root.navigator && root.navigator.onLine === false) say(status, form.dataset.offline);
        else form.submit();
      });
    });
  }

  function say(status, text) {
    if (status) status.textContent = text || "";
  }

  function show(form, list, status, hits) {
    var text = form.dataset;
    while (list.firstChild) list.removeChild(list.firstChild);
    hits.forEach(function (hit) { list.appendChild(line(hit)); });
    list.hidden = !hits.length;
    var none = !hits.length || hits[0].fallback;
    var count = hits.length === 1 ? text.countOne : text.countMany;
    if (hits.length && hits[0].crisis && text.crisis) say(status, text.crisis);
    else say(status, none ? text.none : (count || "").replace("{n}", String(hits.length)));
  }

  function element(name, className, text) {
    var made = root.document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function line(hit) {
    var item = element("li", "sv-hit"), title = element("p", "sv-hit-title");
    item.dataset.kind = hit.kind;
    if (/^(https?:\/\/|\/(?!\/)|tel:|[.#])/.test(hit.url)) {
      var link = element("a", "", hit.title);
      link.href = hit.url;
      title.appendChild(link);
    } else {
      title.textContent = hit.title;
    }
    item.appendChild(title);
    if (hit.phone) {
      var call = element("a", "sv-hit-phone"), number = element("bdi", "sv-num", hit.phone);
      call.href = "tel:" + hit.phone.replace(/[^0-9+]/g, "");
      number.dir = "ltr";
      call.appendChild(number);
      item.appendChild(call);
    }
    if (hit.note) item.appendChild(element("p", "sv-hit-note", hit.note));
    return item;
  }
})(typeof window !== "undefined" ? window : globalThis);
