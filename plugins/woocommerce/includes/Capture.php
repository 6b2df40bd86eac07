<?php
/**
 * Keeps who sent a buyer.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Order;
use WC_Session_Handler;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * Carries an affiliate's code from the browser's cookie to the order: in both checkouts, on the page on which an order is
 * paid, and where a payment button makes the order by itself. Two rows of meta data at most, saved by WooCommerce with
 * the order.
 */
final class Capture {

	const SESSION = 'refledger';

	/** Orders that staff or a program made: whatever cookies came along are not a buyer's. */
	const BY_STAFF = array( 'rest-api', 'pos-rest-api', 'admin' );

	/**
	 * Listens.
	 */
	public function listen(): void {
		add_action( 'woocommerce_add_to_cart', Guard::action( array( $this, 'cart_filled' ) ), 100, 0 );
		add_action( 'template_redirect', Guard::action( array( $this, 'page_opened' ) ), 100, 0 );
		add_action( 'woocommerce_checkout_create_order', Guard::action( array( $this, 'classic_order' ) ), 100, 1 );
		add_action( 'woocommerce_store_api_checkout_update_order_from_request', Guard::action( array( $this, 'block_order' ) ), 100, 2 );
		add_action( 'woocommerce_new_order', Guard::action( array( $this, 'any_order' ) ), 10, 2 );
		add_action( 'woocommerce_before_pay_action', Guard::action( array( $this, 'paid_order' ) ), 10, 1 );
		foreach ( array( 'subscription', 'renewal_order', 'resubscribe_order' ) as $kind ) {
			add_filter( 'wc_subscriptions_' . $kind . '_data', Guard::filter( array( $this, 'copied_meta' ) ), 10, 1 );
		}
	}

	/**
	 * Something is in the cart, so that there is a session; the code is kept there too, because a cookie may be gone by the
	 * time of the checkout. Never earlier: a session's cookie turns page caches off.
	 */
	public function cart_filled(): void {
		$visit = $this->cookies();
		if ( array() === $visit || null === WC()->session ) {
			return;
		}
		$kept = Visit::recall( WC()->session->get( self::SESSION ) );
		WC()->session->set( self::SESSION, $visit + array_intersect_key( $kept, array( 'checkoutStartedAt' => '' ) ) );
	}

	/**
	 * The checkout was opened: a click that comes after this is late (S3).
	 */
	public function page_opened(): void {
		if ( ! is_checkout() || ! WC()->session instanceof WC_Session_Handler || ! WC()->session->has_session() ) {
			return;
		}
		$kept  = Visit::recall( WC()->session->get( self::SESSION ) );
		$visit = $this->cookies() + $kept;
		if ( array() !== $visit && ! isset( $kept['checkoutStartedAt'] ) ) {
			WC()->session->set( self::SESSION, $visit + array( 'checkoutStartedAt' => gmdate( 'Y-m-d\TH:i:s\Z' ) ) );
		}
	}

	/**
	 * The classic checkout makes an order; it is saved by WooCommerce after this.
	 *
	 * @param mixed $order The order.
	 */
	public function classic_order( $order ): void {
		if ( $order instanceof WC_Order ) {
			$this->write( $order, null );
		}
	}

	/**
	 * The block checkout, or one without a browser, updates its order; it is saved by WooCommerce after this. Runs at every
	 * change of the form: the same again changes nothing.
	 *
	 * @param mixed $order   The order.
	 * @param mixed $request The request.
	 */
	public function block_order( $order, $request ): void {
		if ( ! $order instanceof WC_Order ) {
			return;
		}
		$extensions = $request instanceof WP_REST_Request ? $request->get_param( 'extensions' ) : null;
		$code       = is_array( $extensions ) && is_array( $extensions['refledger'] ?? null ) ? $extensions['refledger']['ref'] ?? null : null;
		$this->write( $order, is_string( $code ) && AffiliateCode::is_valid( $code ) ? $code : null );
	}

	/**
	 * An order that neither of the two made: a payment button. Not in the admin area, where the cookies are the staff's,
	 * and not by the shop's API or till, which have no buyer's browser.
	 *
	 * @param int|string $order_id The order.
	 * @param mixed      $order    The same.
	 */
	public function any_order( $order_id, $order = null ): void {
		if ( ! $order instanceof WC_Order || is_admin() || $this->is_marked( $order ) || in_array( $order->get_created_via(), self::BY_STAFF, true ) ) {
			return;
		}
		if ( null !== WC()->session && $this->write( $order, null ) ) {
			$order->save_meta_data();
		}
	}

	/**
	 * An order that somebody made for the buyer is about to be paid in the buyer's own browser.
	 *
	 * @param mixed $order The order.
	 */
	public function paid_order( $order ): void {
		if ( $order instanceof WC_Order && ! $this->is_marked( $order ) && $this->write( $order, null, 'order-pay' ) ) {
			$order->save_meta_data();
		}
	}

	/**
	 * A subscription or renewal gets a copy of the meta data of the order before. The code and when it came stay, the
	 * browser and the checkout were those of the other order.
	 *
	 * @param array<string, mixed> $meta Meta data by key.
	 * @return array<string, mixed>
	 */
	public function copied_meta( array $meta ): array {
		if ( is_string( $meta[ Referral::EVIDENCE ] ?? null ) ) {
			$evidence = Referral::evidence( array( Referral::EVIDENCE => $meta[ Referral::EVIDENCE ] ) );
			unset( $evidence['visitor'], $evidence['checkoutStartedAt'] );
			$meta[ Referral::EVIDENCE ] = (string) wp_json_encode( $evidence );
		}
		return $meta;
	}

	/**
	 * Writes on an order who sent the buyer; the cookie is newer than the session, and the session than nothing.
	 *
	 * @param WC_Order    $order    The order.
	 * @param string|null $extended The code that the checkout's own script sent along.
	 * @param string|null $source   Where it happens, when that says more than where the code was kept.
	 * @return bool Whether there was anything to write.
	 */
	private function write( WC_Order $order, ?string $extended, ?string $source = null ): bool {
		if ( ! Settings::is_connected() || ! Consent::given() ) {
			return false;
		}
		$cookies = $this->cookies();
		$session = null === WC()->session ? array() : Visit::recall( WC()->session->get( self::SESSION ) );
		$carrier = 'cookie';
		$visit   = $cookies;
		if ( ! isset( $cookies['code'] ) && null !== $extended ) {
			$carrier = 'checkout';
			$visit   = $cookies + array( 'code' => $extended );
		} elseif ( ! isset( $cookies['code'] ) && isset( $session['code'] ) ) {
			$carrier = 'session';
			$visit   = $session + $cookies;
		}
		if ( array() === $visit ) {
			return false;
		}
		$evidence = array( 'source' => $source ?? $carrier ) + $visit + array_intersect_key( $session, array( 'checkoutStartedAt' => '' ) );
		unset( $evidence['code'] );
		if ( isset( $visit['code'] ) ) {
			$order->update_meta_data( Referral::CODE, $visit['code'] );
		}
		$order->update_meta_data( Referral::EVIDENCE, (string) wp_json_encode( $evidence ) );
		return true;
	}

	/**
	 * The visit that the browser's cookies tell of, if they may be used.
	 *
	 * @return array<string, string>
	 */
	private function cookies(): array {
		return Settings::is_connected() && Consent::given() ? Visit::read( wp_unslash( $_COOKIE ) ) : array();
	}

	/**
	 * Whether an order says already who sent its buyer.
	 *
	 * @param WC_Order $order The order.
	 */
	private function is_marked( WC_Order $order ): bool {
		return '' !== (string) $order->get_meta( Referral::CODE ) || '' !== (string) $order->get_meta( Referral::EVIDENCE );
	}
}
