<?php
// Run once: installs WordPress. Arguments: folder, host with port.
[ , $root, $host ]           = $argv;
$_SERVER['HTTP_HOST']        = $host;
$_SERVER['SERVER_PROTOCOL']  = 'HTTP/1.1';
$_SERVER['REQUEST_URI']      = '/';
define( 'WP_INSTALLING', true );
require "$root/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'Shop', 'admin', 'admin@example.test', false, '', 'admin' );
update_option( 'siteurl', "http://$host" );
update_option( 'home', "http://$host" );
update_option( 'permalink_structure', '/%postname%/' );
