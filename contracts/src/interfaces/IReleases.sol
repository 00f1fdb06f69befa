// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, PledgeTerms} from "./Types.sol";

/// @title Leaving in one step
/// @notice Events and errors are those of `IExitDesk`.
interface IReleases {
    /// @notice Releases an account at once with the venue's consent: the newest fresh root shows no requirement, and what it owes is paid
    /// from its settlement asset. Nothing may be open: no call, no auction, no dispute. The owner calls, or anyone once release was asked.
    /// @param venueSignature over `ReleaseConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint40 deadline)`
    function releaseWithConsent(AccountProof calldata proof, uint40 deadline, bytes calldata venueSignature) external;

    /// @notice Moves an account to another venue: pays the `owed` of its conclusive leaf and pledges it there. No other token moves.
    /// Nothing may be open: no default, no auction, no dispute.
    /// @param proof conclusive for an account that may exit; with the old venue's consent, of the newest fresh root
    /// @param oldVenueSignature the old venue's consent while it is live, over `PortConsent(address account,uint32 venue,uint32 index,uint64
    /// epoch,uint32 newVenue,uint40 deadline)` with the terms' deadline; empty for an account that may exit
    function port(
        AccountProof calldata proof,
        PledgeTerms calldata terms,
        bytes calldata ownerSignature,
        bytes calldata newVenueSignature,
        bytes calldata oldVenueSignature
    ) external returns (uint32 index);
}
