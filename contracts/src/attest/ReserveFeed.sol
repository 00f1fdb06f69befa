// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {EpochFacts, EpochHeader} from "../interfaces/Types.sol";

/// @title A venue's attested reserves, or what is owed to its winners, as a feed that others already know how to read
/// @notice RESERVES: what stands behind the credits of a root, which is its debits and the venue's base, less shortfalls up to now.
/// LIABILITIES: those credits. Both in settlement units; a root posts only while the first is not less than the second. A round is an
/// epoch, and as old as its snapshot. Collateral is in neither: it is at each client's own address, where anybody can read it.
/// @dev Trusts the log and nobody else: anyone pushes a posted header, once. A root that nobody has pushed is not in the feed, so a reader
/// looks at `updatedAt`, as with any feed. What a root does not prove it does not prove here either: that others' debits can be collected.
contract ReserveFeed is AggregatorV3Interface {
    enum Side {
        RESERVES,
        LIABILITIES
    }

    /// @param amount credits; or debits and the venue's gross base at the checkpoint, from which shortfalls are still to be taken
    struct Round {
        int112 amount;
        uint40 snapshotTime;
        bool known;
    }

    event RoundPushed(uint64 indexed epoch, int256 amount, uint40 snapshotTime);

    error NotThisVenue(uint32 venue);
    error PushedAlready(uint64 epoch);
    error NoRound(uint80 round);

    address public immutable VAULT;
    uint32 public immutable VENUE;
    Side public immutable SIDE;
    uint8 private immutable DECIMALS;

    uint64 private _newest;
    mapping(uint64 epoch => Round) private _rounds;

    constructor(address vault, uint32 venue, Side side) {
        VAULT = vault;
        VENUE = venue;
        SIDE = side;
        // Those that the vault counts with: a token that would not say, or say otherwise since, has no part in this.
        DECIMALS = IVenueRegistry(vault).assets(venue)[0].decimals;
    }

    /// @notice Enters an epoch that the log has. Epochs may come in any order; the newest of them is the latest round. Anyone may call.
    function push(EpochHeader calldata header) external {
        if (header.venue != VENUE) revert NotThisVenue(header.venue);
        EpochFacts memory facts = IAttestationLog(VAULT).requirePosted(header);
        if (_rounds[header.epoch].known) revert PushedAlready(header.epoch);
        int112 amount = int112(uint112(header.totalCredit));
        if (SIDE == Side.RESERVES) {
            amount = int112(uint112(header.totalDebit)) + ISettlementPool(VAULT).checkpointAt(VENUE, header.snapshotBlock).gross;
        }
        _rounds[header.epoch] = Round({amount: amount, snapshotTime: facts.snapshotTime, known: true});
        if (header.epoch > _newest) _newest = header.epoch;
        emit RoundPushed(header.epoch, amount, facts.snapshotTime);
    }

    /// @inheritdoc AggregatorV3Interface
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return getRoundData(_newest);
    }

    /// @notice Those of the venue's settlement asset.
    function decimals() external view returns (uint8) {
        return DECIMALS;
    }

    function description() external view returns (string memory) {
        return string.concat("Ringfence venue ", Strings.toString(VENUE), SIDE == Side.RESERVES ? " reserves" : " liabilities");
    }

    function version() external pure returns (uint256) {
        return 1;
    }

    /// @notice An epoch's answer. Reverts `NoRound` for one that was never pushed.
    function getRoundData(uint80 round) public view returns (uint80, int256 answer, uint256 startedAt, uint256 updatedAt, uint80) {
        Round memory entry = round > type(uint64).max ? _rounds[0] : _rounds[uint64(round)];
        if (!entry.known) revert NoRound(round);
        answer = entry.amount;
        if (SIDE == Side.RESERVES) answer -= int256(uint256(ISettlementPool(VAULT).book(VENUE).shortfalls));
        return (round, answer, entry.snapshotTime, entry.snapshotTime, round);
    }
}
