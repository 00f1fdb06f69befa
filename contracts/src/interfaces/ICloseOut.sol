// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, CloseOutReport} from "./Types.sol";

/// @title Close-out: what a default came to, and who pays
interface ICloseOut {
    /// @param higher signed by the higher quorum
    event CloseOutReported(address indexed account, uint32 indexed venue, int256 finalNet, bytes32 evidence, bool higher);
    /// @notice Without a report: what a newer root said beyond the fixed loss, and how much of it the venue's tranche paid.
    event ExcessDrawn(uint32 indexed venue, uint256 excess, uint256 paid);
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
    event RewardAccrued(address indexed beneficiary, address indexed token, uint256 amount);
    event RewardCollected(address indexed beneficiary, address indexed token, uint256 amount);

    error NotInDefault(address account);
    error ReportTwice(address account);
    error NoReport(address account);
    error WrongReport(address account, uint32 venue, uint32 index);
    error DisputeWindowOpen(uint256 until);
    error CloseOutNotOver(uint256 until);
    error LotsUnsold(uint8 openLots);
    error SaleStillNeeded(address account, uint8 assets);
    error NothingToCollect(address beneficiary, address token);
    error NetOutOfRange(int256 finalNet);
    error DebitCapReached(address account, uint256 left);
    error UnderDispute(address account);

    /// @notice Files the close-out report, signed by the venue and its attestors. The same figure is taken a second time only with the
    /// higher quorum, if the first lacked it and has not been disputed: nobody weakens a report by sending it with fewer signatures first.
    function report(CloseOutReport calldata closeOut, bytes calldata venueSignature, bytes calldata attestorSignatures) external;

    /// @notice Fixes the loss from the report once the dispute window has passed. Anyone may call.
    function fixLoss(address account) external;

    /// @notice Without a report by the close-out deadline: the smaller of what the newest root and the one that proved the default say.
    function fixLossWithoutReport(AccountProof calldata proof) external;

    /// @notice Draws the waterfall and releases the account. Needs the loss fixed and nothing left to sell for it. Anyone may call.
    function resolve(address account) external;

    /// @notice What `beneficiary` can collect of `token`, smallest units.
    function rewards(address beneficiary, address token) external view returns (uint256);

    /// @notice Pays a keeper its rewards, or a venue the collateral that its tranche bought: pulled, so that a refusing receiver holds up no
    /// resolution.
    function collectReward(address token, address to) external returns (uint256 amount);
}
