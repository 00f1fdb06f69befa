// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IDefaultManager} from "../interfaces/IDefaultManager.sol";
import {IDisputeDesk} from "../interfaces/IDisputeDesk.sol";
import {IExitDesk} from "../interfaces/IExitDesk.sol";
import {ILotDesk} from "../interfaces/ILiquidationAuction.sol";
import {IOwnerDesk} from "../interfaces/IOwnerDesk.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {
    AccountRecord,
    AssetConfig,
    DebitAllowance,
    DefaultCase,
    Demand,
    Dispute,
    EpochFacts,
    Exit,
    InKind,
    Lot,
    Venue,
    VenueBook,
    VenueState
} from "../interfaces/Types.sol";
import {IVaultReads} from "../interfaces/IVaultReads.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";

/// @title Everything about a venue, its accounts and its lots, in one call each
/// @notice For keepers and dashboards. Has no say in anything: whoever trusts another copy, or none, sees the same. What cannot be
/// answered now (a feed without a price, a token that does not tell its balances, the vault in the middle of a take) is said to be
/// unknown and spoils nothing else.
/// @dev Trusts the vault, and no token, feed or fund: each has so much gas and no more, and no more of its answer is read than is asked
/// for. A caller with too little gas for that is refused, so that unknown never means that.
contract VaultLens {
    /// @param price settlement units for 1e18 smallest units; 0: none now
    /// @param inKind what the venue's pool holds of it for claimants
    struct AssetView {
        AssetConfig config;
        uint128 price;
        InKind inKind;
    }

    /// @param clock see `IVenueRegistry.clock`
    /// @param base pool + value in kind + sum of `settled` over pledged accounts, less shortfalls, settlement units
    /// @param venueTranche of its fund; `UNKNOWN` if that does not say, and `memberTranche` likewise
    /// @param facts of the newest root
    struct VenueView {
        uint32 venue;
        VenueState state;
        uint40 clock;
        Venue entry;
        VenueBook book;
        int256 base;
        address pool;
        address fund;
        uint256 venueTranche;
        uint256 memberTranche;
        EpochFacts facts;
        AssetView[] assets;
    }

    /// @param owner zero: the address is none of the vault's accounts, and all else is empty
    /// @param need see `IDefaultManager.need`; `needKnown` is false in the middle of a take, and if the settlement asset does not say
    /// @param claim what the pool of its venue still owes it from an earlier pledge to the same, settlement units
    /// @param balances of the venue's accepted assets, in their order, `UNKNOWN` where a token does not say; empty while unpledged
    /// @param pending withdrawals that wait for a root, in the same order
    struct AccountView {
        address account;
        address owner;
        AccountRecord record;
        DebitAllowance allowance;
        DefaultCase called;
        Exit exit;
        Dispute dispute;
        Demand demand;
        bool needKnown;
        uint256 need;
        uint256 claim;
        uint256[] balances;
        uint256[] pending;
    }

    /// @param quoted false: price and available are unknown now
    struct LotView {
        uint256 lot;
        Lot kept;
        address token;
        bool quoted;
        uint256 price;
        uint256 available;
    }

    /// @notice In the place of an amount that nobody tells.
    uint256 public constant UNKNOWN = type(uint256).max;
    /// @dev For one word of somebody else's.
    uint256 private constant READ_GAS = 100_000;
    /// @dev For an answer of the vault's that hangs on tokens or feeds.
    uint256 private constant ANSWER_GAS = 1_000_000;

    address public immutable VAULT;

    constructor(address vault) {
        VAULT = vault;
    }

    /// @notice A venue. Reverts `VenueNotLive` for one that does not exist.
    function venueView(uint32 venue) external view returns (VenueView memory v) {
        v.venue = venue;
        v.pool = ISettlementPool(VAULT).poolOf(venue);
        v.state = IVenueRegistry(VAULT).stateOf(venue);
        v.clock = IVenueRegistry(VAULT).clock(venue);
        v.entry = IVenueRegistry(VAULT).venueOf(venue);
        v.book = ISettlementPool(VAULT).book(venue);
        v.base = ISettlementPool(VAULT).base(venue);
        v.fund = IVenueRegistry(VAULT).fundOf(venue);
        v.venueTranche = _word(v.fund, abi.encodeCall(IDefaultFund.venueTranche, ()));
        v.memberTranche = _word(v.fund, abi.encodeCall(IDefaultFund.memberTranche, ()));
        (, v.facts) = IAttestationLog(VAULT).posted(venue, v.entry.newest);
        AssetConfig[] memory configs = IVenueRegistry(VAULT).assets(venue);
        v.assets = new AssetView[](configs.length);
        for (uint256 i; i < configs.length; ++i) {
            v.assets[i] = AssetView({
                config: configs[i],
                price: _price(venue, configs[i].token),
                inKind: ISettlementPool(VAULT).inKind(venue, configs[i].token)
            });
        }
    }

    /// @notice Accounts, in the order asked for.
    function accountViews(address[] calldata accounts) external view returns (AccountView[] memory views) {
        views = new AccountView[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            _fill(views[i], accounts[i]);
        }
    }

    /// @notice Live lots from the nth of the list on.
    /// @param from place in the list, from 0
    /// @param most how many at most
    /// @param time chain time to quote for
    /// @return views see `LotView`
    /// @return total how many are live
    function lotViews(uint256 from, uint256 most, uint256 time) external view returns (LotView[] memory views, uint256 total) {
        (uint256[] memory ids, Lot[] memory lots, uint256 live) = ILotDesk(VAULT).liveLots(from, most);
        total = live;
        views = new LotView[](ids.length);
        for (uint256 i; i < ids.length; ++i) {
            LotView memory v = views[i];
            (v.lot, v.kept) = (ids[i], lots[i]);
            // An id is venue 32 | index 32 | place 8, and a later policy keeps every place.
            v.token = IVenueRegistry(VAULT).assets(uint32(ids[i] >> 40))[uint8(ids[i])].token;
            _requireGas(ANSWER_GAS);
            try ILotDesk(VAULT).quote{gas: ANSWER_GAS}(ids[i], time) returns (uint256 price, uint256 available) {
                (v.quoted, v.price, v.available) = (true, price, available);
            } catch {
                v.quoted = false;
            }
        }
    }

    function _fill(AccountView memory v, address account) private view {
        v.account = account;
        try IVaultReads(VAULT).ownerOf(account) returns (address owner) {
            v.owner = owner;
        } catch {
            return;
        }
        v.record = IVaultReads(VAULT).record(account);
        v.allowance = IVaultReads(VAULT).allowance(account);
        uint32 venue = v.record.venue;
        if (venue == 0) return;
        v.called = IDefaultManager(VAULT).caseOf(account);
        v.exit = IExitDesk(VAULT).exitOf(account);
        v.dispute = IDisputeDesk(VAULT).disputeOf(account);
        v.demand = IDisputeDesk(VAULT).demandOf(account);
        v.claim = ISettlementPool(VAULT).claims(venue, account);
        _requireGas(ANSWER_GAS);
        try IDefaultManager(VAULT).need{gas: ANSWER_GAS}(account) returns (uint256 need) {
            (v.needKnown, v.need) = (true, need);
        } catch {
            v.needKnown = false;
        }
        AssetConfig[] memory configs = IVenueRegistry(VAULT).assets(venue);
        v.balances = new uint256[](configs.length);
        v.pending = new uint256[](configs.length);
        for (uint256 i; i < configs.length; ++i) {
            v.balances[i] = _word(configs[i].token, abi.encodeCall(IERC20.balanceOf, (account)));
            v.pending[i] = IOwnerDesk(VAULT).pendingOf(account, configs[i].token);
        }
    }

    function _price(uint32 venue, address token) private view returns (uint128) {
        _requireGas(ANSWER_GAS);
        try ICollateralValuer(VAULT).price{gas: ANSWER_GAS}(venue, token) returns (uint128 price) {
            return price;
        } catch {
            return 0;
        }
    }

    function _word(address target, bytes memory question) private view returns (uint256 word) {
        _requireGas(READ_GAS);
        word = UNKNOWN;
        uint256 limit = READ_GAS;
        assembly ("memory-safe") {
            let ok := staticcall(limit, target, add(question, 0x20), mload(question), 0x00, 0x20)
            if and(ok, gt(returndatasize(), 0x1f)) {
                word := mload(0x00)
            }
        }
    }

    function _requireGas(uint256 needed) private view {
        uint256 least = needed + needed / 63 + 20_000;
        if (gasleft() < least) revert ISettlementPool.GasTooLow(gasleft(), least);
    }
}
