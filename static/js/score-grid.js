// The grid of many units: arrows walk, Shift and arrows choose, digits give points, Enter goes to
// what is to be done. The strip below shows the cell in focus. Without a script all of it is a form.
(function () {
  'use strict';
  var form = document.querySelector('form[data-cells]');
  if (!form) { return; }
  var strip = document.getElementById('cell-strip');
  var grid = Array.prototype.map.call(form.querySelectorAll('tr[data-unit]'), function (row) {
    return Array.prototype.slice.call(row.querySelectorAll('a[data-cell]'));
  });
  var shown = {};
  var asked = null;
  var timer = null;
  var from = null;
  var reveal = false;
  var narrow = window.matchMedia('(max-width: 991.98px)');  // the strip may be out of sight then

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function tick(cell) { return cell.parentElement.querySelector('input[type=checkbox]'); }
  function at(cell) {
    for (var row = 0; row < grid.length; row += 1) {
      var column = grid[row].indexOf(cell);
      if (column >= 0) { return { row: row, column: column }; }
    }
    return null;
  }
  function cellAt(place) { return (grid[place.row] || [])[place.column]; }

  function count() {
    var boxes = form.querySelectorAll('input[name=cell]:checked');
    var place = document.querySelector('[data-cells-chosen]');
    each(form.querySelectorAll('td.cell'), function (td) {
      var box = td.querySelector('input[type=checkbox]');
      td.classList.toggle('sel', Boolean(box && box.checked));
    });
    if (place) {
      place.hidden = boxes.length === 0;
      place.querySelector('b').textContent = String(boxes.length);
    }
  }
  function choose(cell, on) {
    var box = tick(cell);
    if (box) { box.checked = on === undefined ? !box.checked : on; }
  }
  function block(one, other) {
    var a = at(one);
    var b = at(other);
    for (var row = Math.min(a.row, b.row); row <= Math.max(a.row, b.row); row += 1) {
      for (var column = Math.min(a.column, b.column); column <= Math.max(a.column, b.column); column += 1) {
        choose(grid[row][column], true);
      }
    }
    count();
  }

  // One cell of the grid is in the tab order; the arrows carry it along.
  function enter(cell) {
    each(form.querySelectorAll('a[data-cell][tabindex="0"]'), function (one) { one.tabIndex = -1; });
    cell.tabIndex = 0;
    clearTimeout(timer);
    timer = setTimeout(function () { show(cell); }, 150);
  }
  function show(cell) {
    var address = cell.href;
    asked = address;
    if (shown[address]) { strip.innerHTML = shown[address]; look(); return; }
    strip.setAttribute('aria-busy', 'true');
    fetch(address, { credentials: 'same-origin', headers: { 'HX-Request': 'true' } }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (text) {
      shown[address] = text;
      if (asked === address) { strip.innerHTML = text; }
    }).catch(function () {
      if (asked === address) { strip.replaceChildren(fault(cell)); }
    }).then(function () { strip.removeAttribute('aria-busy'); look(); });
  }

  function look() {
    if (reveal) { strip.scrollIntoView({ block: 'nearest' }); }
    reveal = false;
  }
  // What stood there was of another cell.
  function fault(cell) {
    var said = strip.parentElement.querySelector('template[data-no-answer]').content.cloneNode(true);
    said.querySelector('a').href = cell.href;
    return said;
  }

  function bar(field) {
    if (!field) { return; }
    field.focus();
    if (field.select) { field.select(); }
  }
  function onlyThis(cell) {
    if (!form.querySelector('input[name=cell]:checked')) { choose(cell, true); count(); }
  }

  var STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  var back = null;
  form.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    var cell = event.target.closest('a[data-cell]');
    if (!cell) {
      if (event.key === 'Escape' && back) { event.preventDefault(); back.focus(); }
      if (event.key === 'Enter' && event.target.matches('[data-points-of-all]')) {
        event.preventDefault();
        bar(document.getElementById('id_reason'));
      }
      return;
    }
    var here = at(cell);
    var step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      var next = cellAt({ row: here.row + step[0], column: here.column + step[1] });
      if (!next) { return; }
      if (event.shiftKey) {
        from = from || cell;
        block(from, next);
      } else { from = null; }
      next.focus();
      next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      cellAt({ row: here.row, column: event.key === 'Home' ? 0 : grid[here.row].length - 1 }).focus();
    } else if (event.key === ' ') {
      event.preventDefault();
      choose(cell);
      count();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      back = cell;
      onlyThis(cell);
      bar(form.querySelector('input[name=way]:checked') || form.querySelector('input[name=way]'));
    } else if (/^[0-9]$/.test(event.key)) {
      var points = form.querySelector('[data-points-of-all]');
      if (!points) { return; }
      event.preventDefault();
      back = cell;
      onlyThis(cell);
      form.querySelector('input[name=way][value=points]').checked = true;
      points.value = event.key;
      points.focus();
    }
  });
  form.addEventListener('focusin', function (event) {
    var cell = event.target.closest('a[data-cell]');
    if (cell) { enter(cell); }
  });
  form.addEventListener('click', function (event) {
    var cell = event.target.closest('a[data-cell]');
    if (!cell || event.ctrlKey || event.metaKey) { return; }
    event.preventDefault();
    if (event.shiftKey && from) { block(from, cell); } else { from = cell; }
    reveal = narrow.matches;
    cell.focus();
    enter(cell);  // a second tap on it gives it no new focus
  });
  form.addEventListener('input', function (event) {
    if (event.target.matches('[data-points-of-all]') && event.target.value) {
      form.querySelector('input[name=way][value=points]').checked = true;
    }
  });
  form.addEventListener('change', function (event) {
    var box = event.target;
    if (box.matches('[data-choose-column]')) {
      grid.forEach(function (row) { choose(row[Number(box.dataset.chooseColumn)], box.checked); });
    } else if (box.matches('[data-choose-row]')) {
      each(box.closest('tr').querySelectorAll('a[data-cell]'), function (cell) { choose(cell, box.checked); });
    }
    count();
  });

  each(form.querySelectorAll('[data-choose-column], [data-choose-row]'), function (box) { box.hidden = false; });
  each(form.querySelectorAll('a[data-cell]'), function (cell) { cell.tabIndex = -1; });
  if (grid.length && grid[0].length) { grid[0][0].tabIndex = 0; }
  count();

  // A request may have two thousand fields: very many cells go as one.
  function pack() {
    var boxes = form.querySelectorAll('input[name=cell]:checked');
    if (boxes.length < 1000) { return; }
    var all = document.createElement('input');
    all.type = 'hidden';
    all.name = 'cell';
    all.value = Array.prototype.map.call(boxes, function (box) { return box.value; }).join(',');
    form.append(all);
    each(boxes, function (box) { box.disabled = true; });
    window.addEventListener('pageshow', function () {
      all.remove();
      each(boxes, function (box) { box.disabled = false; });
    });
  }

  // After the act the eye and the keys are where they were.
  var KEY = 'portal-cell:' + location.pathname;
  form.addEventListener('submit', function () {
    pack();
    var last = form.querySelector('a[data-cell][tabindex="0"]');
    try { sessionStorage.setItem(KEY, last ? last.id : ''); } catch (_full) { /* the top of the grid, then */ }
  });
  try {
    var before = document.getElementById(sessionStorage.getItem(KEY) || '');
    sessionStorage.removeItem(KEY);
    if (before && !document.querySelector('[data-focus]')) { before.focus(); }
  } catch (_none) { /* nothing kept */ }
}());
