/**
 * Sends a partner's code along with the block checkout, for browsers that do not send the shop's cookie with it. Must
 * never throw, and never send anything but null or a text: the checkout fails on another type.
 */
(function (page) {
  'use strict';

  try {
    var found = /(?:^|; )_aff_ref=([A-Za-z0-9_-]{1,64})(?:;|$)/.exec(page.document.cookie);
    if (found) {
      page.wp.data.dispatch('wc/store/checkout').setExtensionData('refledger', { ref: found[1] });
    }
  } catch (error) {
    // Without it the cookie and the session still carry the code.
  }
})(window);
