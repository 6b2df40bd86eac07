<?php
// The router of PHP's built-in server: pretty permalinks, /wp-json, folders with an index.php.
$root = $_SERVER['DOCUMENT_ROOT'];
$path = rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$file = realpath( $root . $path );
if ( $file && is_dir( $file ) && '/' !== $path && is_file( "$file/index.php" ) ) {
	if ( '/' !== substr( $path, -1 ) ) {
		header( "Location: $path/" );
		return true;
	}
	$path .= 'index.php';
	$file .= '/index.php';
}
if ( $file && is_file( $file ) && '.php' !== substr( $file, -4 ) ) {
	return false;
}
if ( ! $file || ! is_file( $file ) ) {
	$path = '/index.php';
	$file = "$root/index.php";
}
$_SERVER['SCRIPT_NAME']     = $path;
$_SERVER['PHP_SELF']        = $path;
$_SERVER['SCRIPT_FILENAME'] = $file;
chdir( dirname( $file ) );
require $file;
