// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IDefaultManager} from "../interfaces/IDefaultManager.sol";
import {ILiquidationAuction} from "../interfaces/ILiquidationAuction.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";

/// @title A venue's default fund
/// @notice Tranche 1 is the venue's own money and is lost first. Tranche 2 belongs to the members, who hold shares of it.
/// @dev Both are counted here, never read from `balanceOf`, so a donation moves no share price; OpenZeppelin's virtual shares
/// (offset 6) make first-depositor inflation cost more than it takes. Members leave by notice only, and not while a default is open:
/// what is noticed still absorbs losses.
contract DefaultFund is IDefaultFund, ERC4626, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    /// @notice A matured notice that is not used within this time is void: nobody keeps a standing exit.
    uint256 public constant REDEEM_WINDOW = 2 days;

    struct Notice {
        uint128 shares;
        uint40 maturesAt;
    }

    ICollateralVault private immutable VAULT;
    IVenueRegistry private immutable REGISTRY;
    IDefaultManager private immutable DEFAULTS;
    ILiquidationAuction private immutable AUCTION;

    uint32 public immutable venue;
    uint256 public venueTranche;
    uint256 public memberTranche;
    mapping(address member => Notice) public notices;

    constructor(
        ICollateralVault vault,
        IVenueRegistry registry,
        IDefaultManager defaults,
        ILiquidationAuction auction,
        uint32 venue_,
        IERC20 asset_
    ) ERC20("Ringfence default fund share", "RDF") ERC4626(asset_) {
        VAULT = vault;
        REGISTRY = registry;
        DEFAULTS = defaults;
        AUCTION = auction;
        venue = venue_;
    }

    modifier onlyManager() {
        if (msg.sender != address(DEFAULTS)) revert NotTheManager(msg.sender);
        _;
    }

    /// @dev Members and payers are kept out while any other contract of the deployment is at work.
    modifier quiet() {
        if (VAULT.locked()) revert FundLocked();
        _;
    }

    /// @inheritdoc IDefaultFund
    function fundVenueTranche(uint256 assets) external nonReentrant quiet {
        _receiveExactly(msg.sender, assets);
        venueTranche += assets;
        emit TrancheChanged(1, assets.toInt256(), venueTranche);
    }

    /// @inheritdoc IDefaultFund
    function noticeRedemption(uint256 shares) external nonReentrant quiet {
        uint256 held = balanceOf(msg.sender);
        if (shares > held) revert ERC4626ExceededMaxRedeem(msg.sender, shares, held);
        uint40 maturesAt = uint40(block.timestamp + REGISTRY.parameters(venue).fundNotice);
        notices[msg.sender] = Notice({shares: shares.toUint128(), maturesAt: maturesAt});
        emit RedemptionNoticed(msg.sender, shares, maturesAt);
    }

    /// @inheritdoc IDefaultFund
    function absorb(uint256 amount, uint256 memberCap, address pool) external onlyManager returns (uint256 fromVenue, uint256 fromMembers) {
        fromVenue = Math.min(amount, venueTranche);
        fromMembers = Math.min(Math.min(amount - fromVenue, memberCap), memberTranche);
        if (fromVenue != 0) {
            venueTranche -= fromVenue;
            emit TrancheChanged(1, -fromVenue.toInt256(), venueTranche);
        }
        if (fromMembers != 0) {
            memberTranche -= fromMembers;
            emit TrancheChanged(2, -fromMembers.toInt256(), memberTranche);
        }
        uint256 total = fromVenue + fromMembers;
        if (total != 0) _sendExactly(pool, total);
    }

    /// @inheritdoc IDefaultFund
    function payFromVenueTranche(uint256 amount, address to) external returns (uint256 paid) {
        if (msg.sender != address(DEFAULTS) && msg.sender != address(AUCTION)) revert NotTheManager(msg.sender);
        paid = Math.min(amount, venueTranche);
        if (paid == 0) return 0;
        venueTranche -= paid;
        emit TrancheChanged(1, -paid.toInt256(), venueTranche);
        _sendExactly(to, paid);
    }

    /// @inheritdoc IDefaultFund
    function addPenalty(uint256 amount) external onlyManager {
        // With no member to receive it, a penalty strengthens the venue's tranche instead of the first later depositor; and it does not
        // open again a members' tranche that losses have emptied.
        if (totalSupply() == 0 || memberTranche == 0) {
            venueTranche += amount;
            emit TrancheChanged(1, amount.toInt256(), venueTranche);
        } else {
            memberTranche += amount;
            emit TrancheChanged(2, amount.toInt256(), memberTranche);
        }
    }

    /// @notice The members' money, settlement units, as counted.
    function totalAssets() public view override returns (uint256) {
        return memberTranche;
    }

    /// @notice Zero while a default is open, and for ever once losses have emptied the tranche under its shares.
    function maxDeposit(address) public view override returns (uint256) {
        return _open() ? type(uint128).max : 0;
    }

    /// @notice See `maxDeposit`.
    function maxMint(address) public view override returns (uint256) {
        return _open() ? type(uint128).max : 0;
    }

    /// @notice Shares of a matured notice; zero while a default is open.
    function maxRedeem(address member) public view override returns (uint256) {
        Notice memory notice = notices[member];
        if (notice.maturesAt == 0 || block.timestamp < notice.maturesAt || block.timestamp > notice.maturesAt + REDEEM_WINDOW) return 0;
        if (DEFAULTS.openDefaults(venue) != 0) return 0;
        return Math.min(notice.shares, balanceOf(member));
    }

    /// @notice Assets of a matured notice, rounded down.
    function maxWithdraw(address member) public view override returns (uint256) {
        return previewRedeem(maxRedeem(member));
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override nonReentrant quiet {
        _receiveExactly(caller, assets);
        memberTranche += assets;
        _mint(receiver, shares);
        emit Deposit(caller, receiver, assets, shares);
        emit TrancheChanged(2, assets.toInt256(), memberTranche);
    }

    function _withdraw(
        address caller,
        address receiver,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override nonReentrant quiet {
        notices[owner].shares -= shares.toUint128();
        if (caller != owner) _spendAllowance(owner, caller, shares);
        _burn(owner, shares);
        memberTranche -= assets;
        emit Withdraw(caller, receiver, owner, assets, shares);
        emit TrancheChanged(2, -assets.toInt256(), memberTranche);
        _sendExactly(receiver, assets);
    }

    /// @dev A notice is of shares that stay where they are: shares passed round between noticed addresses would be a standing exit.
    function _update(address from, address to, uint256 shares) internal override {
        super._update(from, to, shares);
        uint256 left = balanceOf(from);
        if (notices[from].shares > left) notices[from].shares = left.toUint128();
    }

    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }

    function _open() private view returns (bool) {
        return DEFAULTS.openDefaults(venue) == 0 && (memberTranche != 0 || totalSupply() == 0);
    }

    function _receiveExactly(address from, uint256 amount) private {
        IERC20 token = IERC20(asset());
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(from, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != amount) revert TransferNotExact(amount, received);
    }

    function _sendExactly(address to, uint256 amount) private {
        IERC20 token = IERC20(asset());
        uint256 before = token.balanceOf(to);
        token.safeTransfer(to, amount);
        uint256 received = token.balanceOf(to) - before;
        if (received != amount) revert TransferNotExact(amount, received);
    }
}
