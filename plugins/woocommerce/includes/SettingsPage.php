<?php
/**
 * The settings page.
 *
 * @package Refledger
 */

namespace Refledger;

use InvalidArgumentException;
use WC_Admin_Settings;
use WC_Settings_Page;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce > Settings > Refledger: one pasted key, how the connection is, and what may be kept.
 */
final class SettingsPage extends WC_Settings_Page {

	const KEY_FIELD = 'refledger_key';

	/**
	 * Registers the tab; the parent listens to what is needed.
	 */
	public function __construct() {
		$this->id    = 'refledger';
		$this->label = __( 'Refledger', 'refledger' );
		parent::__construct();
		add_action( 'woocommerce_admin_field_refledger_status', Guard::action( array( StatusView::class, 'show' ) ) );
		add_action( 'woocommerce_admin_field_refledger_key', Guard::action( array( $this, 'show_key_field' ) ) );
	}

	/**
	 * The fields. Values are read and written in the plugin's own option.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	protected function get_settings_for_default_section() {
		return array_merge( $this->connection_fields(), $this->visitor_fields(), $this->customer_fields() );
	}

	/**
	 * The connection.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private function connection_fields(): array {
		return array(
			array(
				'type'  => 'title',
				'id'    => 'refledger_connection',
				'title' => __( 'Connection', 'refledger' ),
				'desc'  => __( 'Open the shop\'s page in Refledger, copy its connection key, paste it here and save. From then on this shop tells Refledger about its orders; what exactly is listed in the readme.', 'refledger' ),
			),
			array(
				'type'  => 'refledger_key',
				'id'    => self::KEY_FIELD,
				'title' => __( 'Connection key', 'refledger' ),
			),
			$this->field(
				'address',
				array(
					'type'        => 'url',
					'title'       => __( 'Address of your Refledger', 'refledger' ),
					'desc'        => __( 'Only for connecting with one click instead of a key: save it, then press the button that appears above.', 'refledger' ),
					'placeholder' => 'https://partners.example.com',
				)
			),
			array(
				'type' => 'refledger_status',
				'id'   => 'refledger_status',
			),
			array(
				'type' => 'sectionend',
				'id'   => 'refledger_connection',
			),
		);
	}

	/**
	 * What may be kept, and for how long.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private function visitor_fields(): array {
		return array(
			array(
				'type'  => 'title',
				'id'    => 'refledger_visitors',
				'title' => __( 'Visitors', 'refledger' ),
				'desc'  => Consent::has_api()
					? __( 'A consent plugin is active: nothing is kept before the visitor has agreed to marketing.', 'refledger' )
					: __( 'No consent plugin with the WP Consent API is active, so the setting below holds.', 'refledger' ),
			),
			$this->consent_field(),
			$this->signals_field(),
			$this->field(
				'params',
				array(
					'type'  => 'text',
					'title' => __( 'Link parameters', 'refledger' ),
					'desc'  => __( 'Names of the parameters in partners\' links, separated by commas; the first that holds a code counts.', 'refledger' ),
				)
			),
			$this->field(
				'cookie_days',
				array(
					'type'              => 'number',
					'title'             => __( 'Keep the code for days', 'refledger' ),
					'desc'              => __( 'As long as the longest window of your programmes. Refledger checks the window itself.', 'refledger' ),
					'custom_attributes' => array(
						'min' => 1,
						'max' => 400,
					),
				)
			),
			$this->field(
				'delete_data',
				array(
					'type'  => 'checkbox',
					'title' => __( 'When the plugin is deleted', 'refledger' ),
					'desc'  => __( 'Delete what it wrote on orders as well', 'refledger' ),
				)
			),
			array(
				'type' => 'sectionend',
				'id'   => 'refledger_visitors',
			),
		);
	}

	/**
	 * Whether visitors are asked.
	 *
	 * @return array<string, mixed>
	 */
	private function consent_field(): array {
		return $this->field(
			'consent',
			array(
				'type'    => 'select',
				'title'   => __( 'Consent', 'refledger' ),
				'options' => array(
					Settings::CONSENT_GIVEN    => __( 'Not needed: keep the partner\'s code at once', 'refledger' ),
					Settings::CONSENT_REQUIRED => __( 'Needed: keep nothing before the shop\'s banner says so', 'refledger' ),
				),
				'desc'    => __( 'Ask a lawyer which of the two your shop needs. Coupons are credited in any case.', 'refledger' ),
			)
		);
	}

	/**
	 * Whether a browser's wish counts.
	 *
	 * @return array<string, mixed>
	 */
	private function signals_field(): array {
		return $this->field(
			'privacy_signals',
			array(
				'type'  => 'checkbox',
				'title' => __( 'Privacy signals', 'refledger' ),
				'desc'  => __( 'Keep nothing where the browser sends Global Privacy Control or Do Not Track', 'refledger' ),
			)
		);
	}

	/**
	 * What the shop's customers see.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private function customer_fields(): array {
		return array(
			array(
				'type'  => 'title',
				'id'    => 'refledger_customers',
				'title' => __( 'Customers and affiliates', 'refledger' ),
			),
			$this->field(
				'link_prefix',
				array(
					'type'  => 'text',
					'title' => __( 'Short links', 'refledger' ),
					/* translators: %s: an example address */
					'desc'  => sprintf( __( 'Affiliates\' short links also work on your own domain: %s. Letters, digits and hyphens; leave it empty to switch them off.', 'refledger' ), '' === ShortLink::address( 'anna' ) ? home_url( '/go/anna' ) : ShortLink::address( 'anna' ) ),
				)
			),
			$this->field(
				'portal',
				array(
					'type'        => 'url',
					'title'       => __( 'Address of the affiliate area', 'refledger' ),
					'desc'        => __( 'Where affiliates sign in and customers join. Leave it empty for your Refledger\'s own address.', 'refledger' ),
					'placeholder' => Settings::is_connected() ? Settings::get( 'server' ) . '/' : '',
				)
			),
			$this->field(
				'account_tab',
				array(
					'type'  => 'checkbox',
					'title' => __( 'My account', 'refledger' ),
					'desc'  => __( 'Show a tab that leads to the affiliate area', 'refledger' ),
				)
			),
			$this->field(
				'invitation',
				array(
					'type'  => 'checkbox',
					'title' => __( 'After a purchase', 'refledger' ),
					'desc'  => __( 'Invite customers to become affiliates, on the page of thanks and in the mail about a completed order', 'refledger' ),
				)
			),
			array(
				'type' => 'sectionend',
				'id'   => 'refledger_customers',
			),
		);
	}

	/**
	 * A field of one setting.
	 *
	 * @param string               $name  The setting.
	 * @param array<string, mixed> $field How it is shown.
	 * @return array<string, mixed>
	 */
	private function field( string $name, array $field ): array {
		// Without a default: WooCommerce's installer would make an option of its own for every field that has one.
		return $field + array(
			'id'    => Settings::OPTION . '[' . $name . ']',
			'value' => Settings::get( $name ),
		);
	}

	/**
	 * The field for the key: what was pasted is never shown again.
	 *
	 * @param array<string, mixed> $field The field.
	 */
	public function show_key_field( array $field ): void {
		$is_connected = Settings::is_connected();
		?>
		<tr>
			<th scope="row" class="titledesc"><label for="refledger_key"><?php echo esc_html( $field['title'] ); ?></label></th>
			<td class="forminp">
				<input type="password" id="refledger_key" name="refledger_key" class="regular-text" autocomplete="off" spellcheck="false"
					placeholder="<?php echo esc_attr( $is_connected ? __( 'Connected. Paste another key to replace it.', 'refledger' ) : 'rflk1.…' ); ?>" />
				<?php if ( $is_connected ) : ?>
					<p class="description">
						<?php
						/* translators: %s: address of the server */
						echo esc_html( sprintf( __( 'Connected to %s.', 'refledger' ), Settings::get( 'server' ) ) );
						?>
					</p>
					<p><a class="button" href="<?php echo esc_url( AdminActions::url( AdminActions::DISCONNECT ) ); ?>"><?php esc_html_e( 'Disconnect', 'refledger' ); ?></a>
					<span class="description"><?php esc_html_e( 'Forgets the key and sends nothing any more; what waits is kept.', 'refledger' ); ?></span></p>
				<?php elseif ( '' !== Settings::get( 'address' ) ) : ?>
					<p><a class="button button-primary" href="<?php echo esc_url( self::one_click_address() ); ?>"><?php esc_html_e( 'Connect with one click', 'refledger' ); ?></a>
					<span class="description"><?php esc_html_e( 'Leads to your Refledger, which leads back to a page of this shop where you agree. Or paste a key above.', 'refledger' ); ?></span></p>
				<?php endif; ?>
			</td>
		</tr>
		<?php
	}

	/**
	 * Where connecting with one click begins: on the server, which has to know whose shop this is.
	 */
	private static function one_click_address(): string {
		return add_query_arg( 'connect', rawurlencode( home_url() ), Settings::get( 'address' ) . '/' );
	}

	/**
	 * Saves. WooCommerce has checked the nonce and the capability before it calls this.
	 */
	public function save(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Missing -- checked by WC_Admin_Menus::save_settings and WC_Admin_Settings::save.
		$posted = isset( $_POST[ Settings::OPTION ] ) ? map_deep( wp_unslash( (array) $_POST[ Settings::OPTION ] ), 'sanitize_text_field' ) : array();
		$pasted = isset( $_POST[ self::KEY_FIELD ] ) ? sanitize_text_field( wp_unslash( $_POST[ self::KEY_FIELD ] ) ) : '';
		// phpcs:enable
		if ( ! current_user_can( 'manage_woocommerce' ) ) {
			return;
		}
		Settings::change( $this->clean( $posted ) );
		if ( '' !== $pasted ) {
			$this->connect( $pasted );
		}
	}

	/**
	 * Takes a pasted key, or says what is wrong with it.
	 *
	 * @param string $pasted The key.
	 */
	private function connect( string $pasted ): void {
		try {
			Settings::connect( ConnectionKey::parse( $pasted, Courier::is_local() ) );
		} catch ( InvalidArgumentException $error ) {
			WC_Admin_Settings::add_error( $error->getMessage() );
			return;
		}
		$answer = ( new Courier() )->knock();
		Plugin::sender()->learn( $answer, time() );
		if ( Answer::RESULTS === $answer->verdict ) {
			WC_Admin_Settings::add_message( __( 'Connected: the Refledger server knows this shop.', 'refledger' ) );
		} else {
			WC_Admin_Settings::add_error( Words::failure( $answer ) );
		}
	}

	/**
	 * The settings of a posted form; a box that is not ticked is not posted.
	 *
	 * @param array<mixed> $posted Text by name.
	 * @return array<string, string|int>
	 */
	private function clean( array $posted ): array {
		$text   = static function ( string $name ) use ( $posted ): string {
			return is_string( $posted[ $name ] ?? null ) ? $posted[ $name ] : '';
		};
		$params = preg_replace( '/[^A-Za-z0-9_,-]+/', '', $text( 'params' ) );
		return array(
			'consent'         => Settings::CONSENT_REQUIRED === $text( 'consent' ) ? Settings::CONSENT_REQUIRED : Settings::CONSENT_GIVEN,
			'privacy_signals' => '' === $text( 'privacy_signals' ) ? 'no' : 'yes',
			'params'          => '' === (string) $params ? 'ref' : (string) $params,
			'cookie_days'     => min( 400, max( 1, (int) $text( 'cookie_days' ) ) ),
			'delete_data'     => '' === $text( 'delete_data' ) ? 'no' : 'yes',
			'address'         => self::clean_address( $text( 'address' ) ),
			'link_prefix'     => (string) substr( trim( (string) preg_replace( '/[^a-z0-9-]+/', '', strtolower( $text( 'link_prefix' ) ) ), '-' ), 0, 32 ),
			'portal'          => self::clean_address( $text( 'portal' ) ),
			'account_tab'     => '' === $text( 'account_tab' ) ? 'no' : 'yes',
			'invitation'      => '' === $text( 'invitation' ) ? 'no' : 'yes',
		);
	}

	/**
	 * An address that a link may lead to, without a slash at its end; empty when it is none.
	 *
	 * @param string $given What was typed.
	 */
	private static function clean_address( string $given ): string {
		return untrailingslashit( esc_url_raw( $given, Courier::is_local() ? array( 'https', 'http' ) : array( 'https' ) ) );
	}
}
