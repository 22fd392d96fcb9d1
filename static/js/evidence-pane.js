// Evidence beside the criterion: a PDF at the quoted page, or a picture, in a pane that follows the
// judge from criterion to criterion. On a narrow screen the links open in a new tab, as without a script.
(function () {
  'use strict';
  var desk = document.querySelector('[data-desk]');
  var pane = document.querySelector('[data-paper]');
  var form = document.querySelector('form[data-score-sheet]');
  if (!desk || !pane || !form) { return; }
  var word = window.portal.word;
  var wide = window.matchMedia('(min-width: 992px)');
  var opened = null;

  function part(name) { return pane.querySelector('[data-paper-' + name + ']'); }

  function show(link) {
    if (opened === link) { return; }
    opened = link;
    pane.hidden = false;
    desk.classList.add('with-paper');
    part('title').textContent = link.textContent.trim();
    part('page').textContent = link.dataset.page ? word('page') + ' ' + link.dataset.page : '';
    part('quote').textContent = link.dataset.quote || '';
    part('quote').hidden = !link.dataset.quote;
    part('tab').href = link.href;
    // The viewer does not read another page number in an address that it has open, so it is a new frame.
    var view = document.createElement(link.dataset.look === 'img' ? 'img' : 'iframe');
    if (link.dataset.look === 'img') { view.alt = link.textContent.trim(); } else { view.title = link.textContent.trim(); }
    view.src = link.dataset.look === 'img' ? link.href : link.href + (link.hash ? '&' : '#') + 'navpanes=0';
    part('view').replaceChildren(view);
    form.querySelectorAll('a[data-look]').forEach(function (one) {
      if (one === link) { one.setAttribute('aria-current', 'true'); } else { one.removeAttribute('aria-current'); }
    });
  }
  function close() {
    var last = opened;
    opened = null;
    pane.hidden = true;
    desk.classList.remove('with-paper');
    part('view').replaceChildren();
    if (last) {
      last.removeAttribute('aria-current');
      last.focus();
    }
  }
  function here() {
    var at = document.activeElement.closest('[data-criterion]') || form.querySelector('.crit.at');
    return at && at.querySelector('a[data-look]');
  }

  form.addEventListener('click', function (event) {
    var link = event.target.closest('a[data-look]');
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    show(link);
    link.scrollIntoView({ block: 'nearest' });
  });
  // Open, it goes along: the criterion in which one types shows its first evidence.
  form.addEventListener('focusin', function (event) {
    if (!opened || !wide.matches) { return; }
    var article = event.target.closest('[data-criterion]');
    if (!article || article.contains(opened)) { return; }
    var first = article.querySelector('a[data-look]');
    if (first) { show(first); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && opened && !event.defaultPrevented) { close(); }
  });
  pane.addEventListener('click', function (event) {
    if (event.target.closest('[data-paper-close]')) {
      event.preventDefault();
      close();
    }
  });
  if (wide.matches && form.querySelector('a[data-look]')) {
    window.portal.key('e', 'evidence', function () {
      var link = here();
      if (!link) { return false; }
      if (opened === link) { close(); } else { show(link); }
      return true;
    });
  }
}());
