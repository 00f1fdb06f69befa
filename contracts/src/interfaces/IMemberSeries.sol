// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title One series of a default fund's members' shares
/// @notice ERC-4626, with redemption by notice. `maxRedeem` and `maxWithdraw` speak of shares under notice, which `redeem` and `withdraw`
/// take; `balanceOf` is what is not under notice. Rounding is always for the members who stay.
interface IMemberSeries is IERC4626 {
    /// @param owner who is paid
    /// @param maturesAt from when
    /// @param closesAt until when; after it the notice has lapsed
    /// @param episode in which `paid` was paid
    /// @param shares still in custody here, absorbing losses
    /// @param paid shares that were redeemed while defaults were open
    struct Notice {
        address owner;
        uint40 maturesAt;
        uint40 closesAt;
        uint16 episode;
        uint128 shares;
        uint128 paid;
    }

    /// @notice Shares went into custody until the notice matures.
    event RedemptionNoticed(uint256 indexed id, address indexed member, uint256 shares, uint40 maturesAt, uint40 closesAt);
    /// @notice A notice was paid, in full or as far as open defaults let it.
    /// @param shares redeemed now
    /// @param left still in custody; zero ends the notice
    /// @param closesAt until when the rest can be redeemed
    event NoticeRedeemed(uint256 indexed id, uint256 shares, uint256 left, uint40 closesAt);
    /// @notice A notice ended without payment of `shares`, which are the owner's again.
    event NoticeCancelled(uint256 indexed id, uint256 shares);

    /// @notice No notice of that number, or no more.
    error NoticeUnknown(uint256 id);
    /// @notice The notice can be redeemed from `maturesAt` to `closesAt`.
    error NoticeNotOpen(uint256 id, uint40 maturesAt, uint40 closesAt);
    /// @notice Only `owner` may cancel a notice that has not lapsed.
    error NotTheNoticesOwner(uint256 id, address owner, address caller);
    /// @notice A member has at most `most` notices at a time.
    error TooManyNotices(address member, uint256 most);
    /// @notice The amount is nothing, or is worth nothing.
    error NothingToDo();
    /// @notice A closed series needs no notice: its shares are redeemed at once.
    error SeriesIsClosed();

    /// @notice Announces the redemption of `shares`, which move into custody here and absorb losses until they are paid.
    /// @return id of the notice
    function noticeRedemption(uint256 shares) external returns (uint256 id);

    /// @notice Pays what a matured notice can have now to its owner. Anyone may.
    /// @dev While defaults are open, each notice gets the same share of itself, whatever the order of calls, and the price is the one
    /// before their losses; what they may cost members stays. The call then keeps the notice from lapsing for another notice period.
    /// @return assets paid; zero without an error if open defaults may cost the members all there is
    function redeemNotice(uint256 id) external returns (uint256 assets);

    /// @notice Ends a notice and gives its shares back. Its owner may at any time; anyone once it has lapsed.
    function cancelNotice(uint256 id) external;

    function notice(uint256 id) external view returns (Notice memory);

    /// @notice Shares of a notice that `redeemNotice` would redeem now. Zero within a callback.
    function redeemable(uint256 id) external view returns (uint256 shares);

    /// @notice The numbers of a member's notices, in no order.
    function noticesOf(address member) external view returns (uint256[] memory ids);

    /// @notice Whether losses have left nothing under the shares, or no more than a millionth of par: the series can be closed.
    function spent() external view returns (bool);

    /// @notice The place of this series among its fund's, from 1.
    function number() external view returns (uint32);
}
