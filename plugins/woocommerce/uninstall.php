<?php
/**
 * Run when the plugin is deleted.
 *
 * What the plugin made for itself goes: table, options, scheduled job, on every site of a network. What it wrote on
 * orders stays, because it is the shop's record of who sent a buyer, unless the shop has set that it goes too.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/Settings.php';
require_once __DIR__ . '/includes/OutboxTable.php';
require_once __DIR__ . '/includes/Referral.php';
require_once __DIR__ . '/includes/Uninstaller.php';

Uninstaller::run();
