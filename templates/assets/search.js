// Answers queries from the files of the index, which are scripts: a page opened
// from a folder may load those but not fetch data. Numbers in them are written
// with ninety characters as digits; what each file holds says the program's
// module `search`, whose rules for parting and folding words stand here again.
(function () {
  "use strict";
  var form = document.querySelector("form.search");
  if (!form) return;
  var field = form.elements.q;
  var status = document.querySelector(".status");
  var found = document.querySelector(".found");
  var lists = document.querySelector(".lists");
  var thingList = found.querySelector(".things ul");
  var results = found.querySelector(".results");
  var more = found.querySelector(".more button");
  var root = form.dataset.root + "/";
  var fromFolder = location.protocol === "file:";

  var PAGE = 10; // results at a time
  var HEADLINE = 8; // weights from here on: the word stands in the headline
  var JOINING = new Set(("a an and are as at be been but by for from had has have he her his in is it its of on or s " +
    "she that the their they this to was were which with would").split(" "));

  // ---- the index's files

  var kept = {}, asked = {};

  window.annals = function (name, version, value) {
    if (version === form.dataset.version) kept[name] = value;
  };

  function load(name) {
    asked[name] = asked[name] || new Promise(function (done, fail) {
      var script = document.createElement("script");
      script.src = form.dataset.index + name + ".js?v=" + form.dataset.version;
      script.onload = function () {
        script.remove();
        if (name in kept) done(kept[name]); else fail(new Error("old"));
      };
      script.onerror = function () { script.remove(); delete asked[name]; fail(new Error("lost")); };
      document.head.append(script);
    });
    return asked[name];
  }

  var manifest;
  function start() {
    return load("index").then(function (index) {
      if (manifest) return;
      manifest = index;
      manifest.terms = index.terms.split(" ");
      manifest.spelling = index.spelling.map(function (from) { return from.split(" "); });
    });
  }

  // The last of `from` that is not behind `key`.
  function place(from, key) {
    var low = 0, high = from.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (from[middle] <= key) low = middle + 1; else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  // ---- numbers

  var VALUE = {};
  "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}"
    .split("").forEach(function (digit, value) { VALUE[digit.charCodeAt(0)] = value; });

  // Hands out the numbers of a text one after another.
  function reader(text) {
    var at = 0;
    return {
      left: function () { return at < text.length; },
      next: function () {
        var number = 0, unit = 1;
        for (;;) {
          var digit = VALUE[text.charCodeAt(at++)];
          number += digit % 45 * unit;
          if (!(digit >= 45)) return number;
          unit *= 45;
        }
      }
    };
  }

  function list(text) {
    var numbers = [], next = 0, from = reader(text);
    if (text[0] === " ") {
      for (var at = 1; at < text.length; at++, next += 6) {
        for (var bits = VALUE[text.charCodeAt(at)], bit = 0; bits; bits >>= 1, bit++) if (bits & 1) numbers.push(next + bit);
      }
      return numbers;
    }
    while (from.left()) { next += from.next(); numbers.push(next++); }
    return numbers;
  }

  // ---- words

  var LETTERS = { "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th" };

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")
      .replace(/[đðøłıßæœþ]/g, function (letter) { return LETTERS[letter]; });
  }

  var WORD = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])[\p{L}\p{N}\p{M}'\u2018\u2019\u02bc])+/gu;

  // Every word with its place: {word, start, end}.
  function words(text) {
    var all = [], match;
    var one = text.replace(/(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])/gu, function (initials) {
      return initials.replace(/\./g, "\u02bc");
    });
    WORD.lastIndex = 0;
    while ((match = WORD.exec(one))) {
      var plain = match[0].replace(/['\u2019]s$/i, "").replace(/['\u2018\u2019\u02bc]/g, "");
      var word = fold(plain);
      if (word) all.push({ word: word, start: match.index, end: match.index + match[0].length });
    }
    return all;
  }

  function telling(text) {
    return words(text).map(function (found) { return found.word; })
      .filter(function (word) { return !JOINING.has(word); });
  }

  // A query: its phrases, and its single words in order.
  function parse(query) {
    var parts = [], rest = query.replace(/["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]+)(?:["\u201c\u201d\u201e\u00ab\u00bb]|$)/g, function (_, phrase) {
      var inside = telling(phrase);
      if (inside.length > 1) parts.push({ phrase: inside });
      else if (inside.length) parts.push({ word: inside[0] });
      return " ";
    });
    var single = telling(rest);
    single.forEach(function (word, at) {
      // The last word may be half of one: somebody is typing.
      var open = at === single.length - 1 && /[\p{L}\p{N}]\s*\*?$/u.test(rest) && word.length > 2;
      parts.push({ word: word, open: open });
    });
    return parts.slice(0, 12);
  }

  // ---- families of word forms

  var parsed = {};

  function terms(file) {
    return load("t" + file).then(function (payload) {
      return parsed[file] = parsed[file] || payload.split("~").map(function (record) {
        var part = record.split("|");
        if (record[0] === "=") return { forms: [part[0].slice(1)], name: part[1] };
        var ends = part[0].split(",");
        return { forms: ends.slice(1).map(function (end) { return ends[0] + end; }), raw: part };
      });
    });
  }

  function open(family) {
    if (!family.articles) {
      family.things = list(family.raw[1]);
      family.articles = list(family.raw[2]);
      // Of a common word only the headlines say something.
      var heads = family.raw[3][0] === " " && new Set(list(family.raw[3].slice(1)));
      family.weights = heads ? family.articles.map(function (article) { return HEADLINE * (heads.has(article) ? 1.5 : 0.5); }) :
        Array.from(family.raw[3], function (digit) { return VALUE[digit.charCodeAt(0)]; });
    }
    return family;
  }

  function lookup(word) {
    return terms(place(manifest.terms, word)).then(function (families) {
      var family = families.find(function (family) { return family.forms.includes(word); });
      return !family ? null : family.name ? lookup(family.name) : open(family);
    });
  }

  // Families with a form that begins like this: all of them where they stand
  // together, else those of the most common forms.
  function completions(word) {
    var first = place(manifest.terms, word), last = place(manifest.terms, word + "\uffff");
    if (last - first < 2) {
      return Promise.all([terms(first), terms(last)]).then(function (files) {
        var begin = function (family) {
          return family.forms.some(function (form) { return form.startsWith(word); });
        };
        return Promise.all(files[0].concat(last > first ? files[1] : []).filter(begin).map(function (family) {
          return family.name ? lookup(family.name) : open(family);
        }));
      });
    }
    return similar(0, word.slice(0, 2)).then(function (all) {
      var like = all.filter(function (one) { return one.word.startsWith(word); });
      like.sort(function (a, b) { return b.common - a.common; });
      return Promise.all(like.slice(0, 4).map(function (one) { return lookup(one.word); }));
    });
  }

  // ---- slips of the keyboard

  function similar(which, key) {
    return load("s" + which + "-" + place(manifest.spelling[which], key)).then(function (payload) {
      var record = payload.split("~").find(function (record) { return record.startsWith(key); });
      var all = [];
      (record || "").slice(key.length).replace(/(\D+)(\d)/g, function (_, word, common) {
        all.push({ word: word, common: +common });
      });
      return all;
    });
  }

  // How many letters were missed, added, changed or swapped; more than `most` counts
  // as one more than that. Source: optimal string alignment.
  function slips(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var before, above = [], row = [];
    for (var j = 0; j <= b.length; j++) row[j] = j;
    for (var i = 1; i <= a.length; i++) {
      before = above; above = row; row = [i];
      var least = i;
      for (j = 1; j <= b.length; j++) {
        var same = a[i - 1] === b[j - 1];
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
    }
    return row[b.length];
  }

  // What is left of an English word without its ending: as much grammar as it takes
  // to find a form that the archive has for one that it has not.
  function bare(word) {
    return word.length < 4 ? word : word
      .replace(/(?:ations?|ions?|ments?|ings?|ed|es|s|ly)$/, "").replace(/([bdfgmnprt])\1$/, "$1").replace(/[eiy]$/, "");
  }

  // Another form of the word; nothing where the archive has none.
  function inflected(word) {
    if (!/^en/.test(document.documentElement.lang) || word.length < 4 || /\d/.test(word)) return Promise.resolve(null);
    return similar(0, word.slice(0, 2)).then(function (all) {
      return all.reduce(function (best, one) {
        return bare(one.word) === bare(word) && (!best || one.common > best.common) ? one : best;
      }, null);
    }).then(function (best) { return best && best.word; });
  }

  // The word that was meant, or nothing.
  function meant(word) {
    var most = word.length < 4 || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2;
    if (!most) return Promise.resolve(null);
    function best(asked) {
      return Promise.all(asked.map(function (one) { return similar(one[0], one[1]); })).then(function (answers) {
        var nearest = null;
        [].concat.apply([], answers).forEach(function (one) {
          var n = slips(word, one.word, most);
          if (n > most) return;
          if (!nearest || n < nearest.n || n === nearest.n && one.common > nearest.common) {
            nearest = { word: one.word, n: n, common: one.common };
          }
        });
        return nearest && nearest.word;
      });
    }
    return best([[0, word.slice(0, 2)], [1, word.slice(-2)]]).then(function (near) {
      return near || most < 2 ? near :
        best([2, 3, 4].map(function (at) { return [2, word.slice(at, at + 2)]; }));
    });
  }

  // ---- what a query may fetch

  // Parts of a query beyond what one may fetch: phrases count first, then the words
  // that cost least, which tell most of what is looked for. Units are 512 bytes.
  function leaveOut(parts) {
    var left = (manifest.n < 5000 ? 200 : Math.min(76, 24 + manifest.n / 1900)) - 18 * chosen().length;
    parts.map(function (part) {
      var file = part.word && place(manifest.terms, part.word);
      return { part: part, cost: part.word ? 1 + VALUE[manifest.costs.charCodeAt(file)] : 0, pairs: part.phrase ? part.phrase.length - 1 : 0 };
    }).sort(function (a, b) { return b.pairs - a.pairs || a.cost - b.cost; }).forEach(function (one, rank) {
      left -= one.cost + 8 * Math.min(one.pairs, 4);
      one.part.leftOut = rank > 0 && left < 0;
    });
  }

  // ---- what each part of a query finds: {articles, weights, things, forms}

  function empty() { return { articles: [], weights: [], things: [], forms: [] }; }

  function single(part) {
    return lookup(part.word).then(function (exact) {
      var wide = exact && place(manifest.terms, part.word + "\uffff") - place(manifest.terms, part.word) > 1;
      return (part.open && !wide ? completions(part.word) : Promise.resolve([])).then(function (others) {
        var all = (exact ? [exact] : []).concat(others.filter(function (family) { return family && family !== exact; }));
        if (all.length) return join(all, exact);
        return inflected(part.word).then(function (word) {
          if (word) return lookup(word);
          return meant(part.word).then(function (word) {
            return word && lookup(word).then(function (family) {
              return family && Object.assign({}, family, { meant: word });
            });
          });
        }).then(function (family) { return family || empty(); });
      });
    });
  }

  // Several families as one; what was not asked for to the letter weighs less.
  function join(families, exact) {
    if (families.length === 1) return Object.assign({}, families[0]);
    var weights = new Map(), things = new Set(), forms = [];
    families.forEach(function (family) {
      family.articles.forEach(function (article, at) {
        var weight = family === exact ? family.weights[at] : family.weights[at] / 2;
        weights.set(article, Math.max(weight, weights.get(article) || 0));
      });
      family.things.forEach(function (thing) { things.add(thing); });
      forms = forms.concat(family.forms);
    });
    var articles = Array.from(weights.keys()).sort(function (a, b) { return a - b; });
    return {
      articles: articles,
      weights: articles.map(function (article) { return weights.get(article); }),
      things: Array.from(things).sort(function (a, b) { return a - b; }),
      forms: forms
    };
  }

  // FNV-1a, 32 bits, of a list of numbers.
  function hash(units) {
    return units.reduce(function (hash, unit) { return Math.imul(hash ^ unit, 0x01000193); }, 0x811c9dc5);
  }

  function hashOf(word) {
    return hash(word.split("").map(function (unit) { return unit.charCodeAt(0); }));
  }

  // The articles in which two words stand side by side, but for a few where others
  // with the same hash do.
  function pair(a, b) {
    var files = manifest.pairs[0], bits = manifest.pairs[1];
    var low = bits - Math.log2(files);
    var wanted = hash([hashOf(a), hashOf(b)]) >>> (32 - bits);
    var file = Math.floor(wanted / Math.pow(2, low));
    return load("p" + file).then(function (payload) {
      var next = file * Math.pow(2, low), from = reader(payload);
      while (from.left()) {
        var key = next + from.next(), n = from.next() + 1, article = 0, articles = [];
        next = key + 1;
        for (; n; n--) {
          article += from.next();
          if (key === wanted) articles.push(article);
          article++;
        }
        if (key >= wanted) return articles;
      }
      return [];
    });
  }

  function phrase(part) {
    // Of a long quotation a few pairs tell as much as all.
    var pairs = part.phrase.slice(1).map(function (word, at) { return [part.phrase[at], word]; }).slice(0, 4);
    return Promise.all(pairs.map(function (two) { return pair(two[0], two[1]); })).then(function (all) {
      var articles = all.reduce(function (left, right) {
        var there = new Set(right);
        return left.filter(function (article) { return there.has(article); });
      });
      return {
        articles: articles, weights: articles.map(function () { return HEADLINE - 1; }),
        things: [], forms: part.phrase, phrase: part.phrase
      };
    });
  }

  // ---- ranking

  function idf(n) { return Math.log(1 + (manifest.n - n + 0.5) / (n + 0.5)); }

  // Articles in which every part is found, best first; where there are none, those
  // in which most are.
  function rank(parts, allowed) {
    var score = new Float32Array(manifest.n), hits = new Uint8Array(manifest.n), heads = new Uint8Array(manifest.n);
    var any = [];
    parts.forEach(function (part) {
      var rare = idf(part.articles.length);
      part.articles.forEach(function (article, at) {
        if (allowed && !allowed[article]) return;
        var weight = part.weights[at], inHeadline = weight >= HEADLINE;
        if (!hits[article]++) any.push(article);
        if (inHeadline) heads[article]++;
        score[article] += rare * ((weight % HEADLINE + 0.5) / HEADLINE + (inHeadline ? 0.5 : 0));
      });
    });
    var whole = any.filter(function (article) { return hits[article] === parts.length; });
    var strict = whole.length > 0 || parts.length < 2;
    var ranked = strict ? whole : any;
    // A headline that holds all the words is what was looked for.
    var value = function (article) {
      return hits[article] * 1000 + (heads[article] === parts.length ? 100 : 0) + score[article];
    };
    ranked.sort(function (a, b) { return value(b) - value(a) || a - b; });
    return { articles: ranked, strict: strict };
  }

  function chosen() {
    return ["actor", "outlet"].map(function (name) { return form.elements[name].selectedOptions[0]; })
      .filter(function (option) { return option && option.value; });
  }

  // Which articles the filters leave; nothing where there are none.
  function filter() {
    var year = form.elements.year.value, masks = [];
    if (year) {
      var range = manifest.years.find(function (one) { return String(one[0]) === year; });
      var inYear = new Uint8Array(manifest.n);
      if (range) inYear.fill(1, range[1], range[2]);
      else if (manifest.years.length) {
        // What has no date stands behind all that has.
        inYear.fill(1, Math.max.apply(null, manifest.years.map(function (one) { return one[2]; })));
      } else inYear.fill(1);
      masks.push(inYear);
    }
    return Promise.all(chosen().map(function (option) {
      var number = +option.dataset.number, file = place(manifest.members, number);
      return load("m" + file).then(function (payload) {
        var mask = new Uint8Array(manifest.n);
        list(payload.split("~")[number - manifest.members[file]] || "").forEach(function (article) { mask[article] = 1; });
        masks.push(mask);
      });
    })).then(function () {
      if (!masks.length) return null;
      return masks.reduce(function (a, b) { return a.map(function (allowed, at) { return allowed & b[at]; }); });
    });
  }

  // ---- showing

  function element(name, properties) {
    var made = Object.assign(document.createElement(name), properties);
    for (var at = 2; at < arguments.length; at++) made.append(arguments[at]);
    return made;
  }

  function row(kind, size, number) {
    return load(kind + Math.floor(number / size)).then(function (rows) { return rows[number % size]; });
  }

  // Words with what they name in braces put in.
  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function articles(n) {
    var one = n === 1 || n === 0 && "[[language.zero]]" === "one";
    return fill(one ? "[[count.articles.one]]" : "[[count.articles.many]]", { n: n.toLocaleString(document.documentElement.lang) });
  }

  // `text` with the words that were asked for marked.
  function marked(text, forms, into) {
    var at = 0;
    words(text).forEach(function (found) {
      if (!forms.has(found.word)) return;
      into.append(text.slice(at, found.start), element("mark", { textContent: text.slice(found.start, found.end) }));
      at = found.end;
    });
    into.append(text.slice(at));
    return into;
  }

  // The article's text without its marks.
  function plain(markdown) {
    return markdown.replace(/^(---|\+\+\+)\n[^]*?\n\1\n/, "").replace(/^\s*# .*/, "")
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/^[ \t]*(#+|>|[-*+]|\d+\.)[ \t]+/gm, "")
      .replace(/\\([!-/:-@[-`{-~])/g, "\u0000$1").replace(/(^|[^\u0000])[*_`]+/g, "$1").replace(/\u0000/g, "")
      .replace(/\s+/g, " ").trim();
  }

  var texts = {};
  function text(path) {
    if (fromFolder) return Promise.resolve(null);
    texts[path] = texts[path] || fetch(root + path + "index.md").then(function (answer) {
      return answer.ok ? answer.text().then(plain) : null;
    }, function () { return null; });
    return texts[path];
  }

  function holds(all, phrase) {
    var own = all.filter(function (found) { return !JOINING.has(found.word); });
    return own.some(function (_, at) {
      return phrase.every(function (word, next) { return own[at + next] && own[at + next].word === word; });
    });
  }

  // The stretch of `text` with most of what was asked for.
  function excerpt(text, parts, forms) {
    var all = words(text), hits = all.filter(function (found) { return forms.has(found.word); });
    if (!hits.length) return null;
    var best = hits[0], most = 0;
    hits.forEach(function (first, at) {
      var near = hits.slice(at, at + 12).filter(function (hit) { return hit.start - first.start < 180; });
      var different = parts.filter(function (part) {
        return part.phrase ? holds(words(text.slice(first.start, first.start + 180)), part.phrase) :
          near.some(function (hit) { return part.forms.includes(hit.word); });
      }).length;
      if (different > most) { most = different; best = first; }
    });
    var start = text.lastIndexOf(" ", Math.max(best.start - 50, 0)) + 1;
    var end = text.indexOf(" ", best.start + 170);
    if (best.start < 60) start = 0;
    if (end < 0) end = text.length;
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  }

  function beginning(text) {
    var end = text.indexOf(" ", 170);
    return end < 0 ? text : text.slice(0, end) + " …";
  }

  var turn = 0; // the query that is being answered

  function showArticle(article, answer) {
    return row("a", manifest.articles, article).then(function (own) {
      var phrases = answer.parts.filter(function (part) { return part.phrase; });
      return text(own[0]).then(function (body) {
        if (body !== null && phrases.length) {
          var everything = words(own[1]).concat({ word: "\n" }, words(body));
          var there = phrases.every(function (part) { return holds(everything, part.phrase); });
          if (!there) return null;
        }
        var item = element("li", {});
        var meta = element("p", { className: "meta" }, element("span", { textContent: own[2] }));
        if (own[3] === "inferred") meta.firstChild.append(" ", element("span", { className: "doubt", textContent: "[[date.inferred]]" }));
        if (own[4]) meta.append(" ", element("span", { textContent: own[4] }));
        item.append(meta, element("h3", { className: "headline" },
          marked(own[1], answer.forms, element("a", { href: root + own[0] }))));
        var shown = body && (excerpt(body, answer.parts, answer.forms) || beginning(body));
        if (shown) item.append(marked(shown, answer.forms, element("p", { className: "summary" })));
        return item;
      });
    });
  }

  // The next results. A phrase is looked for in the text itself before it is shown.
  function next(answer) {
    var wanted = PAGE, tried = 0, first = null;
    more.hidden = true;
    function some() {
      var batch = answer.ranked.slice(answer.at, answer.at + wanted);
      answer.at += batch.length;
      tried += batch.length;
      return Promise.all(batch.map(function (article) { return showArticle(article, answer); })).then(function (items) {
        if (answer.turn !== turn) return null;
        items.forEach(function (item) {
          if (!item) { answer.n--; return; }
          first = first || item;
          wanted--;
          answer.shown++;
          results.append(item);
        });
        var left = answer.at < answer.ranked.length;
        if (left && wanted > 0 && tried < 2 * PAGE) return some();
        found.querySelector(".articles").hidden = !answer.shown;
        more.hidden = !left;
        return first;
      });
    }
    return some();
  }

  function showThings(answer, numbers) {
    thingList.textContent = "";
    found.querySelector(".things").hidden = !numbers.length && !answer.years.length;
    return Promise.all(numbers.map(function (number) { return row("n", manifest.things, number); })).then(function (rows) {
      if (answer.turn !== turn) return;
      rows.forEach(function (own, at) {
        var folder = own[0].split("/")[0], key = own[0].split("/")[1];
        var item = element("li", {}, marked(own[1], answer.forms, element("a", { href: root + own[0] })), " ",
          element("span", { className: "kind", textContent: own[2] }));
        var select = form.elements[folder.slice(0, -1)];
        if (select && select.value !== key) {
          var only = element("button", { type: "button", className: "only", textContent: "[[search.only-these]]" });
          only.setAttribute("aria-label", fill("[[search.only-of]]", { name: own[1] }));
          only.addEventListener("click", function () {
            option(select, key, own[1], numbers[at]);
            select.value = key;
            submit();
          });
          item.append(" ", only);
        }
        item.append(" ", element("span", { className: "count", textContent: articles(own[3]) }));
        thingList.append(item);
      });
      answer.years.forEach(function (year) {
        var item = element("li", {}, element("a", { href: root + "briefings/" + year[0] + "/", textContent: fill("[[list.briefings-of]]", { year: year[0] }) }));
        if (manifest.timeline.includes(year[0])) {
          item.append(" ", element("a", { href: root + "timeline/" + year[0] + "/", textContent: fill("[[timeline.of-year]]", { year: year[0] }) }));
        }
        item.append(" ", element("span", { className: "count", textContent: articles(year[2] - year[1]) }));
        thingList.append(item);
      });
    });
  }

  function option(select, key, name, number) {
    if (Array.from(select.options).some(function (one) { return one.value === key; })) return;
    var added = element("option", { value: key, textContent: name });
    added.dataset.number = number;
    select.append(added);
  }

  // Actors, outlets and tags that most words name.
  function things(parts) {
    var hits = new Map();
    parts.forEach(function (part) {
      part.things.forEach(function (thing) { hits.set(thing, (hits.get(thing) || 0) + 1); });
    });
    var all = Array.from(hits.keys());
    var most = Math.max.apply(null, Array.from(hits.values()).concat(0));
    return all.filter(function (thing) { return hits.get(thing) === most; })
      .sort(function (a, b) { return a - b; }).slice(0, 6);
  }

  function say(message) { status.textContent = message; }

  function answer(query) {
    var own = ++turn;
    var asked = parse(query);
    var narrowed = form.elements.year.value || chosen().length;
    if (!asked.length && !narrowed) {
      found.hidden = true;
      lists.hidden = false;
      say(query.trim() ? "[[search.too-common]]" : "");
      return Promise.resolve();
    }
    return start().then(function () {
      leaveOut(asked);
      return Promise.all([
        Promise.all(asked.filter(function (part) { return !part.leftOut; }).map(function (part) { return part.phrase ? phrase(part) : single(part); })), filter()
      ]);
    }).then(function (both) {
      if (own !== turn) return null;
      var parts = both[0], allowed = both[1], ranked;
      if (parts.length) ranked = rank(parts, allowed);
      else {
        ranked = { articles: [], strict: true };
        allowed.forEach(function (yes, article) { if (yes) ranked.articles.push(article); });
      }
      var forms = new Set([].concat.apply([], parts.map(function (part) { return part.forms; })));
      var shown = {
        turn: own, parts: parts, forms: forms, ranked: ranked.articles, n: ranked.articles.length, at: 0, shown: 0,
        years: manifest.years.filter(function (year) {
          return asked.some(function (part) { return part.word === String(year[0]); });
        })
      };
      var numbers = things(parts);
      results.textContent = "";
      lists.hidden = true;
      found.hidden = false;
      more.onclick = function () {
        next(shown).then(function (first) { if (first) first.querySelector("a").focus(); }).catch(fail);
      };
      return Promise.all([showThings(shown, numbers), next(shown)]).then(function () {
        if (own !== turn) return;
        var instead = parts.map(function (part) { return part.meant; }).filter(Boolean);
        var message = shown.n ? articles(shown.n) : "[[search.none]]";
        var isOpen = shown.parts.some(function (part) { return part.phrase; }) && shown.at < shown.ranked.length;
        if (shown.n && isOpen) message = fill("[[search.at-most]]", { articles: message });
        if (instead.length) {
          var meant = fill("[[language.quotation]]", { text: instead.join(" ") });
          message = fill("[[search.near]]", { found: message, words: meant });
        }
        var without = asked.filter(function (part) { return part.leftOut; });
        if (without.length) {
          message = fill("[[search.left-out]]", { found: message, words: without.map(function (part) { return part.word || part.phrase.join(" "); }).join("[[language.comma]]") });
        }
        if (!ranked.strict && shown.n) message = fill("[[search.not-all]]", { found: message });
        say(message + ".");
      });
    }).catch(fail);
  }

  function fail(error) {
    say(error.message === "old" ? "[[search.new-archive]]" :
      error.message === "lost" ? "[[search.lost]]" :
        fill("[[search.failed]]", { message: error.message }));
  }

  // ---- the address

  function state() {
    var query = new URLSearchParams();
    ["q", "year", "actor", "outlet"].forEach(function (name) {
      var value = form.elements[name].value;
      if (value.trim()) query.set(name, value);
    });
    return query.toString();
  }

  function write(push) {
    var query = state();
    if (query === location.search.slice(1)) return;
    try { history[push ? "pushState" : "replaceState"](null, "", (query ? "?" + query : location.pathname)); } catch (_) { /* a folder has no history */ }
  }

  // Puts what the address asks for into the form; a thing that is not in its list is
  // looked for by the words of its address.
  function read() {
    var query = new URLSearchParams(location.search);
    field.value = (query.get("q") || "").slice(0, 200);
    return Promise.all(["year", "actor", "outlet"].map(function (name) {
      var select = form.elements[name], key = query.get(name) || "";
      select.value = key;
      if (select.value === key || name === "year" || !/^[a-z0-9-]+$/.test(key)) { if (select.value !== key) select.value = ""; return null; }
      return start().then(function () {
        return Promise.all(key.split("-").slice(0, 6).map(function (word) { return lookup(word); }));
      }).then(function (families) {
        var sets = families.filter(Boolean).map(function (family) { return family.things; });
        var all = sets.length ? sets.reduce(function (a, b) { return a.filter(function (thing) { return b.includes(thing); }); }) : [];
        return Promise.all(all.slice(0, 40).map(function (number) {
          return row("n", manifest.things, number).then(function (own) {
            if (own[0] === name + "s/" + key + "/") option(select, key, own[1], number);
          });
        }));
      }).then(function () { select.value = key; if (select.value !== key) select.value = ""; });
    }));
  }

  function submit() {
    clearTimeout(timer);
    write(true);
    return answer(field.value);
  }

  function again() { return read().then(function () { return answer(field.value); }).catch(fail); }

  var timer;
  form.addEventListener("submit", function (event) { event.preventDefault(); submit(); });
  form.addEventListener("change", function (event) { if (event.target !== field) submit(); });
  field.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(function () { write(false); answer(field.value); }, 180);
  });
  addEventListener("popstate", again);

  if (fromFolder) {
    document.getElementById("q-hint").textContent =
      "[[search.from-folder]]";
  }
  form.hidden = false;
  if (location.hash === "#q") field.focus();
  again();
})();
