// Points while one types: criteria/rules (numbers, answers, scoring, totals) once more, exactly, in whole
// numbers. They are provisional: the server counts again and its figures stand. Where it comes to others,
// the console says so. #points-data is made by criteria/rules/in_browser.py.
(function () {
  'use strict';
  var portal = (window.portal = window.portal || {});
  var ZERO = exact('0');
  var ONE = exact('1');
  var HUNDRED = exact('100');
  var MISSING = { points: ZERO, state: 'missing' };
  var OUT = { points: ZERO, state: 'excluded' };

  // Fractions {n, d} of BigInt, d above 0.
  function exact(text) {
    var two = text.split('/');
    return { n: BigInt(two[0]), d: BigInt(two[1] || 1) };
  }
  function optional(text) { return typeof text === 'string' ? exact(text) : null; }
  function plus(a, b) {
    if (a.d === b.d) { return { n: a.n + b.n, d: a.d }; }
    if (a.d % b.d === ZERO.n) { return { n: a.n + b.n * (a.d / b.d), d: a.d }; }
    return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
  }
  function times(a, b) { return { n: a.n * b.n, d: a.d * b.d }; }
  function per(a, b) { return { n: a.n * b.d, d: a.d * b.n }; }
  function minus(a) { return { n: -a.n, d: a.d }; }
  function less(a, b) { return a.n * b.d < b.n * a.d; }
  function least(a, b) { return less(b, a) ? b : a; }
  function most(a, b) { return less(a, b) ? b : a; }
  function size(n) { return n < ZERO.n ? -n : n; }
  // Half up to two places.
  function rounded(a) {
    var cents = (size(a.n) * BigInt(200) + a.d) / (a.d * BigInt(2));
    return { n: a.n < ZERO.n ? -cents : cents, d: HUNDRED.n };
  }
  function sum(list) { return list.reduce(plus, ZERO); }

  // Numbers as people type them (numbers.py); null for what is none. White space is what Python takes for it.
  var WHITE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
  var ENDS = new RegExp('^' + WHITE + '+|' + WHITE + '+$', 'g');
  var EACH_WHITE = new RegExp(WHITE, 'g');
  var MINUS = new RegExp('[\\u2212\\u2013]' + WHITE + '*');
  function strip(text) { return text.replace(ENDS, ''); }
  function read(typed) {
    var text = strip(strip(typed.normalize('NFKC')).replace(/%$/, ''));
    text = text.replace(EACH_WHITE, ' ').replace(MINUS, '-');
    if (!/^-?[0-9][0-9., ]*$/.test(text) || /[.,]$/.test(text)) { return null; }
    var digits = text.replace(/^-/, '');
    var place = digits.lastIndexOf(decimalSign(digits));
    var whole = place < 0 ? digits : digits.slice(0, place);
    var rest = place < 0 ? '' : digits.slice(place + 1);
    if (!/^(?:[0-9]+|[0-9]{1,3}([., ])[0-9]{3}(?:\1[0-9]{3})*)$/.test(whole)) { return null; }
    whole = whole.replace(/[., ]/g, '');
    if (!/^[0-9]*$/.test(rest) || (whole + rest).length > 12) { return null; }
    var number = { n: BigInt(whole + rest), d: BigInt('1' + rest.replace(/./g, '0')) };
    return text[0] === '-' ? minus(number) : number;
  }
  function decimalSign(digits) {
    var last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
    if (last < 0) { return ','; }
    var sign = digits[last];
    if (digits.indexOf(sign) < last) { return sign === '.' ? ',' : '.'; }
    if (sign === '.' && /^[1-9][0-9]{0,2}\.[0-9]{3}$/.test(digits)) { return ','; }
    return sign;
  }
  // As the page shows points: 1.234,5, and in English 1,234.5.
  function shown(points) {
    var cents = rounded(points).n;
    var digits = String(size(cents)).padStart(3, '0');
    var rest = digits.slice(-2).replace(/0+$/, '');
    var english = document.documentElement.lang === 'en';
    var whole = digits.slice(0, -2).replace(/\B(?=([0-9]{3})+$)/g, english ? ',' : '.');
    return (cents < ZERO.n ? '-' : '') + whole + (rest && (english ? '.' : ',') + rest);
  }

  // What was typed (answers.py): undefined where the server would refuse it.
  var FORMS = {
    yes: function (text) { return text === 'yes' ? true : text === 'no' ? false : undefined; },
    choice: function (text, many) { return /^(0|[1-9][0-9]{0,3})$/.test(text) && Number(text) < many ? Number(text) : undefined; },
    count: function (text) {
      var number = read(text);
      var whole = number && number.n >= ZERO.n && number.n % number.d === ZERO.n && number.n / number.d <= BigInt(1000000);
      return whole ? { n: number.n / number.d, d: ONE.n } : undefined;
    },
    number: function (text) {
      var number = read(text);
      return number && number.n >= ZERO.n ? number : undefined;
    },
    points: function (text, from, to, step) {
      var number = read(text);
      if (!number || less(number, from) || (to && less(to, number))) { return undefined; }
      var steps = step && step.n && per(plus(number, minus(from)), step);
      return steps && steps.n % steps.d !== ZERO.n ? undefined : number;
    },
    text: function (text) { return Array.from(text.normalize('NFC')).length > 2000 ? undefined : text; }
  };

  // One function and one line of KINDS for each way of scoring (scoring.py): exact points, or null where the
  // criterion is taken out. A way that is not known here is left to the server.
  function allOrNothing(rule, given) { return given.yes ? rule.most : ZERO; }
  function options(rule, given) { return rule.lines[given.choice]; }
  function parts(rule, given) {
    return least(sum(rule.lines.filter(function (_line, n) { return given['part' + n]; })), rule.most);
  }
  function countBands(rule, given) { return inBands(rule, given.count); }
  function percentBands(rule, given) {
    return given.b.n ? inBands(rule, per(times(HUNDRED, given.a), given.b)) : onZero(rule);
  }
  function inBands(rule, value) {
    var best = null;
    rule.bands.forEach(function (band) {
      var holds = !less(value, band.from) && (!band.below || less(value, band.below));
      if (holds && (!best || less(best.from, band.from))) { best = band; }
    });
    return best ? best.worth : ZERO;
  }
  function ratio(rule, given) {
    if (!given.b.n) { return onZero(rule); }
    var target = rule.target && rule.target.n ? rule.target : HUNDRED;
    return times(rule.most, least(ONE, per(times(HUNDRED, given.a), times(given.b, target))));
  }
  function onZero(rule) {
    if (rule.on_zero === 'exclude') { return null; }
    return rule.on_zero === 'full' ? rule.most : ZERO;
  }
  function manual(_rule, given) { return given.points; }
  function information() { return ZERO; }
  function perOccurrence(rule, given) {
    var points = minus(times(given.count, rule.each || ZERO));
    return rule.floor ? most(points, rule.floor) : points;
  }
  function penalty(rule, given) { return given.yes ? minus(rule.each || ZERO) : ZERO; }
  function bonus(rule, given) {
    return least(sum(rule.lines.map(function (line, n) { return times(given['event' + n], line); })), rule.most);
  }
  var KINDS = {
    all_or_nothing: allOrNothing,
    options: options,
    parts: parts,
    count_bands: countBands,
    percent_bands: percentBands,
    ratio: ratio,
    manual: manual,
    information: information,
    per_occurrence: perOccurrence,
    penalty: penalty,
    bonus: bonus
  };

  function counted(points) { return points ? { points: rounded(points), state: 'counted' } : OUT; }
  function written(mark) { return mark === '' ? MISSING : mark === 'x' ? OUT : counted(exact(mark)); }

  // The mark of one criterion for texts by the names of what it asks; null where it is left to the server.
  function mark(node, texts) {
    var given = {};
    var refused = false;
    var lacking = false;
    var count = node.rule && KINDS[node.rule.kind];
    if (!count && node.before === undefined) { return null; }
    node.asks.forEach(function (ask) {
      var text = strip(texts[ask[0]] || '');
      var value = text ? FORMS[ask[1]].apply(null, [text].concat(ask.slice(3))) : null;
      given[ask[0]] = value;
      refused = refused || value === undefined;
      lacking = lacking || (value === null && ask[2]);
    });
    if (!count) { return given.points ? counted(given.points) : written(node.before); }
    if (refused) { return MISSING; }
    if (given.not_assigned) { return node.rule.not_assigned === 'full' ? counted(node.rule.most) : OUT; }
    return lacking ? MISSING : counted(count(node.rule, given));
  }

  // A sheet as its data says it, with numbers for the texts; `all` are its criteria in order.
  function sheet(data) {
    var all = [];
    (function level(nodes) {
      nodes.forEach(function (node) {
        node.most = optional(node.most) || ZERO;
        node.capped = node.most !== ZERO;
        if (node.members) { return level(node.members); }
        node.known = written(node.mark);
        all.push(node);
        if (node.asks) { node.asks.forEach(bounded); }
        if (node.rule) { ruled(node.rule); }
      });
    }(data));
    return { groups: data, all: all };
  }
  function bounded(ask) { if (ask[1] === 'points') { ask.splice(3, 3, optional(ask[3]), optional(ask[4]), optional(ask[5])); } }
  function ruled(rule) {
    ['most', 'target', 'each', 'floor'].forEach(function (name) { rule[name] = optional(rule[name]); });
    rule.lines = (rule.lines || []).map(exact);
    rule.bands = (rule.bands || []).map(function (band) {
      return { from: exact(band[0]), below: optional(band[1]), worth: exact(band[2]) };
    });
  }

  // The total of a sheet (totals.py); `markOf` answers the mark of a criterion.
  function total(groups, markOf) {
    var scores = groups.map(function (group) { return score(group, markOf); });
    return { points: sum(scores.map(pointsOf)), missing: missingOf(scores) };
  }
  function pointsOf(part) { return part.points; }
  function missingOf(scores) { return scores.reduce(function (many, part) { return many + part.missing; }, 0); }
  function score(node, markOf) {
    if (!node.members) {
      var own = markOf(node);
      return { points: own.points, most: node.most, out: own === OUT, missing: own === MISSING ? 1 : 0 };
    }
    var inside = node.members.map(function (member) { return score(member, markOf); });
    var points = sum(inside.map(pointsOf));
    if (node.role === 'base') { points = rescaled(inside, points); }
    if (node.role === 'bonus' && node.capped) { points = least(points, node.most); }
    if (node.role === 'penalty' && node.capped) { points = most(points, minus(node.most)); }
    var out = inside.length > 0 && inside.every(function (part) { return part.out; });
    return { points: points, most: node.most, out: out, missing: missingOf(inside) };
  }
  function rescaled(inside, points) {
    var whole = sum(inside.map(function (part) { return part.most; }));
    var left = sum(inside.map(function (part) { return part.out ? ZERO : part.most; }));
    if (!left.n || (!less(left, whole) && !less(whole, left))) { return points; }
    return rounded(per(times(points, whole), left));
  }

  portal.points = { read: read, shown: shown, written: written, mark: mark, sheet: sheet, total: total, kinds: Object.keys(KINDS) };
}());
