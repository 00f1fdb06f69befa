// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, CloseOutReport} from "./Types.sol";

/// @title Call, cure, default, close-out and resolution
interface IDefaultManager {
    /// @param epoch the root that proved it
    /// @param initialMargin the account's requirement in that root; caps what members pay
    /// @param deadline when the call can become a default
    /// @param maintenance short of maintenance margin too, so only `MIN_CURE` is given
    event MarginCalled(
        address indexed account,
        uint32 indexed venue,
        uint64 epoch,
        uint256 initialMargin,
        uint40 deadline,
        bool maintenance,
        address caller
    );
    event MarginCured(address indexed account, uint32 indexed venue, uint64 epoch);
    event CallLapsed(address indexed account, uint32 indexed venue);
    event DefaultDeclared(address indexed account, uint32 indexed venue, uint64 epoch, uint256 owed, address declarer);
    event CloseOutReported(address indexed account, uint32 indexed venue, int256 finalNet, bytes32 evidence);
    event LossFixed(address indexed account, uint32 indexed venue, uint256 loss, int256 finalNet);
    /// @notice The waterfall of one default: loss = fromAccount + fromVenue + fromMembers + shortfall, to the unit.
    event DefaultResolved(
        address indexed account,
        uint32 indexed venue,
        uint256 loss,
        uint256 fromAccount,
        uint256 fromVenue,
        uint256 fromMembers,
        uint256 shortfall,
        uint256 reward,
        uint256 penalty
    );

    /// @notice One account's call or default.
    /// @param callBlock block of the call
    /// @param deadline when it can become a default
    /// @param defaultedAt when it did; 0 before
    /// @param reportedAt when the close-out report came; 0 before
    /// @param openLots lots that still have something to sell
    /// @param toSell bit per accepted asset that was there when the loss was fixed and has had no lot since
    /// @param owed what the newest proof given says the account owes, settlement units
    /// @param owedAtDefault what the root that proved the default said
    /// @param initialMargin requirement in the root that proved the call
    /// @param loss fixed loss; meaningless before LOSS_FIXED
    /// @param declarer earns the reward
    /// @param finalNet from the report or the fallback
    struct Case {
        uint64 callBlock;
        uint40 deadline;
        uint40 defaultedAt;
        uint40 reportedAt;
        uint8 openLots;
        uint8 toSell;
        uint96 owed;
        uint96 owedAtDefault;
        uint96 initialMargin;
        uint96 loss;
        address declarer;
        int256 finalNet;
    }

    error NotShort(address account);
    error StillShort(address account);
    error NotCalled(address account);
    error QuoteDuringCallback();
    error AlreadyCalled(address account, uint40 deadline);
    error BeforeDeadline(uint40 deadline);
    error CallHasLapsed(uint40 lapsedAt);
    error RootNotAfterCall(uint64 callBlock, uint64 snapshotBlock);
    error NotInDefault(address account);
    error NotLapsed(uint40 lapsesAt);
    error ReportTwice(address account);
    error NoReport(address account);
    error WrongReport(address account, uint32 venue, uint32 index);
    error DisputeWindowOpen(uint256 until);
    error CloseOutNotOver(uint256 until);
    error LotsUnsold(uint8 openLots);
    error SaleStillNeeded(address account, uint8 assets);
    error NotTheAuction(address caller);
    error NothingToCollect(address beneficiary, address token);
    error NetOutOfRange(int256 finalNet);
    error PledgeHasEnded(address account);

    event RewardAccrued(address indexed beneficiary, address indexed token, uint256 amount);
    event RewardCollected(address indexed beneficiary, address indexed token, uint256 amount);

    /// @notice Calls an account that the newest fresh root and live prices both show short of its initial margin. Anyone may call.
    /// Calling again an account that has fallen below maintenance margin only brings the deadline nearer.
    function callMargin(AccountProof calldata proof) external;

    /// @notice Ends the call of an account that is short no more. Anyone may call.
    function cure(AccountProof calldata proof) external;

    /// @notice Ends a call that nobody acted on for `callTtl` after its deadline. Anyone may call.
    function lapse(address account) external;

    /// @notice Declares the default of a called account that is still short under a root snapshotted after the call.
    /// @param firstLot accepted asset to sell first; zero for none
    /// @return lot the auction's lot, or 0
    function declareDefault(AccountProof calldata proof, address firstLot) external returns (uint256 lot);

    /// @notice Brings what a defaulted account owes up to the newest fresh root. Anyone may call, until the loss is fixed.
    function refreshOwed(AccountProof calldata proof) external;

    /// @notice Files the close-out report, signed by the venue and its attestors.
    function report(CloseOutReport calldata closeOut, bytes calldata venueSignature, bytes calldata attestorSignatures) external;

    /// @notice Fixes the loss from the report once the dispute window has passed. Anyone may call.
    function fixLoss(address account) external;

    /// @notice Without a report by the close-out deadline: the smaller of what the newest root and the one that proved the default say.
    function fixLossWithoutReport(AccountProof calldata proof) external;

    /// @notice Draws the waterfall and releases the account. Needs the loss fixed and nothing left to sell for it. Anyone may call.
    function resolve(address account) external;

    /// @notice What auctions must still bring in, settlement units: what is owed (once fixed: the loss) + reward + penalty less the
    /// account's balance. Reverts `QuoteDuringCallback` for third parties while the lock is held.
    function need(address account) external view returns (uint256);
    function caseOf(address account) external view returns (Case memory);
    function openDefaults(uint32 venue) external view returns (uint256);
    /// @notice What `beneficiary` can collect of `token`, smallest units.
    function rewards(address beneficiary, address token) external view returns (uint256);

    /// @notice Pays a keeper its rewards: pulled, so that a refusing receiver holds up no resolution.
    function collectReward(address token, address to) external returns (uint256 amount);

    /// @notice Reserved to the auction: a lot of the account began.
    function lotOpened(address account, address token) external;

    /// @notice Reserved to the auction: a lot of the account ended.
    function lotClosed(address account) external;

    /// @notice Least seconds between a call and a default, whatever the policy says.
    function minCure() external view returns (uint256);
}
