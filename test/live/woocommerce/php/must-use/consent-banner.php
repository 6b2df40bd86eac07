<?php
// A must-use plugin: tells the WP Consent API, where it is active, that this shop has a banner and asks first.
add_filter(
	'wp_get_consent_type',
	static function () {
		return 'optin';
	}
);
