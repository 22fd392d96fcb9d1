// Rows of a formset: [data-rows="prefix"] holds .row-of-set, a <template data-row> and [data-add-row].
// Without a script the server's extra rows are there.
(function () {
  'use strict';
  function total(box) { return box.querySelector('[name="' + box.dataset.rows + '-TOTAL_FORMS"]'); }

  document.addEventListener('click', function (event) {
    var add = event.target.closest('[data-add-row]');
    if (add) {
      var box = add.closest('[data-rows]');
      var count = total(box);
      var html = box.querySelector('template[data-row]').innerHTML.replace(/__prefix__/g, count.value);
      var place = box.querySelector('[data-row-list]');
      place.insertAdjacentHTML('beforeend', html);
      count.value = Number(count.value) + 1;
      var first = place.lastElementChild.querySelector('input:not([type=hidden]), select, textarea');
      if (first) { first.focus(); }
      if (window.htmx) { window.htmx.process(place.lastElementChild); }
      return;
    }
    var drop = event.target.closest('[data-drop-row]');
    if (drop) {
      var row = drop.closest('.row-of-set, tr');
      var mark = row.querySelector('[name$="-DELETE"]');
      if (mark) { mark.checked = true; }
      row.classList.add('gone');
      row.querySelectorAll('[required]').forEach(function (field) { field.required = false; });
      row.dispatchEvent(new Event('input', { bubbles: true }));
      var next = row.parentElement.parentElement.querySelector('[data-add-row]');
      if (next) { next.focus(); }
    }
  });
}());
