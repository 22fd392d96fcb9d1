// The frame of a page: words for other scripts, dialogs, menus, focus on errors, counters.
(function () {
  'use strict';
  var portal = (window.portal = window.portal || {});

  // Sentences stand in the page, translated; scripts only pick them.
  portal.word = function (name) {
    var found = document.querySelector('[data-words] [data-word="' + name + '"]');
    return found ? found.textContent : '';
  };

  document.addEventListener('click', function (event) {
    var opener = event.target.closest('[data-opens]');
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.opens).showModal();
      return;
    }
    var closer = event.target.closest('[data-closes]');
    if (closer) {
      event.preventDefault();
      closer.closest('dialog').close();
      return;
    }
    document.querySelectorAll('details[data-menu][open], details.more[open]').forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') { return; }
    var menu = event.target.closest && event.target.closest('details[data-menu][open], details.more[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });

  // A link of the error summary opens the fold that its field is in.
  document.addEventListener('click', function (event) {
    var link = event.target.closest('.summary a[href^="#"]');
    var field = link && document.getElementById(link.hash.slice(1));
    if (!field) { return; }
    event.preventDefault();
    for (var fold = field.closest('details'); fold; fold = fold.parentElement.closest('details')) { fold.open = true; }
    if (!field.matches('input, select, textarea, button')) {
      field = field.querySelector('input, select, textarea') || field;
    }
    field.focus();
    field.scrollIntoView({ block: 'center' });
  });

  function countLetters() {
    document.querySelectorAll('[data-count-for]').forEach(function (below) {
      var field = document.getElementById(below.dataset.countFor);
      if (!field || below.dataset.on) { return; }
      below.dataset.on = '1';
      function show() {
        below.textContent = field.value.length + '/' + below.dataset.most + ' ' + portal.word('chars');
      }
      field.addEventListener('input', show);
      show();
    });
  }

  // A refused form says so first.
  function ready() {
    var summary = document.querySelector('[data-focus]');
    if (summary) { summary.focus(); }
    countLetters();
  }
  ready();
  document.body.addEventListener('htmx:afterSwap', ready);
}());
