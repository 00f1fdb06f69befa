// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {ILiquidationAuction} from "../../src/interfaces/ILiquidationAuction.sol";
import {IDisputeDesk} from "../../src/interfaces/IDisputeDesk.sol";
import {IExitDesk} from "../../src/interfaces/IExitDesk.sol";
import {
    AccountProof,
    AssetConfig,
    CloseOutReport,
    Deployment,
    EpochHeader,
    Leaf,
    Modules,
    PledgeTerms,
    RootPrices,
    VenueParameters
} from "../../src/interfaces/Types.sol";
import {ICollateralValuer} from "../../src/interfaces/ICollateralValuer.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {IVault} from "../../src/interfaces/IVault.sol";
import {IOwnerDesk} from "../../src/interfaces/IOwnerDesk.sol";
import {IVenueRegistry} from "../../src/interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../../src/interfaces/IVenueStates.sol";
import {Assertions} from "./Assertions.sol";
import {SumTreeBuilder} from "./SumTreeBuilder.sol";
import {TestFeed} from "./TestFeed.sol";
import {TestToken} from "./Tokens.sol";

/// @notice The whole system with one venue, and the venue's side of it (keys, ledger, tree) in Solidity.
/// @dev Time and block number are kept here: the optimiser may read `block.timestamp` once for a whole test.
abstract contract RingfenceTest is Assertions {
    using SumTreeBuilder for SumTreeBuilder.Node[][];

    struct PostedRoot {
        EpochHeader header;
        RootPrices prices;
        Leaf[] leaves;
    }

    uint256 internal constant VENUE_KEY = 0xA11CE;
    uint256 internal constant GUARDIAN_KEY = 0x6A4D;
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 internal constant PLEDGE_TYPEHASH = keccak256(
        "Pledge(address account,uint32 venue,uint32 policyVersion,uint96 debitCap,uint32 nonce,uint40 deadline)"
    );
    bytes32 internal constant CONSENT_TYPEHASH = keccak256(
        "Consent(address account,uint32 venue,uint32 index,address token,uint256 amount,address to,uint24 nonce,uint40 deadline)"
    );
    bytes32 internal constant HEADER_TYPEHASH = keccak256(
        "EpochHeader(uint32 venue,uint64 epoch,uint64 snapshotBlock,bytes32 snapshotHash,bytes32 previous,uint32 accounts,bytes32 root,uint128 totalCredit,uint128 totalDebit,bytes32 paramsHash,bytes32 pricesHash,bool settles)"
    );
    bytes32 internal constant REPORT_TYPEHASH = keccak256(
        "CloseOutReport(uint32 venue,address account,uint32 index,int256 finalNet,bytes32 evidence)"
    );
    bytes32 internal constant CONFIRMATION_TYPEHASH = keccak256(
        "DebitConfirmation(address account,uint32 venue,uint32 index,uint40 disputedAt,int256 net)"
    );

    IVault internal vault;
    /// @dev The vault's parts, all at the vault's address.
    IVenueRegistry internal registry;
    IVenueStates internal states;
    IAttestationLog internal attestationLog;
    ICollateralValuer internal valuer;
    ISettlementPool internal settlement;
    IDefaultManager internal defaults;
    ICloseOut internal closeOut;
    ILiquidationAuction internal auction;
    IOwnerDesk internal owners;
    IExitDesk internal exits;
    IDisputeDesk internal disputes;

    TestToken internal usdc;
    TestToken internal wbtc;
    TestToken internal weth;
    TestFeed internal usdcFeed;
    TestFeed internal btcFeed;
    TestFeed internal ethFeed;

    address internal venueKey;
    uint256[] internal attestorKeys;
    uint32 internal venue;
    IDefaultFund internal fund;
    address internal pool;

    /// @dev Whether `advance` brings the feeds along; a test of staleness switches it off.
    bool internal feedsFollow = true;
    /// @dev Set before `setUp` by a test of a chain with a sequencer.
    address internal sequencerFeed;
    uint256 internal clock;
    uint256 internal height;

    mapping(address account => uint256) internal ownerKeyOf;
    mapping(uint32 venue => Leaf[]) internal ledger;
    mapping(uint32 venue => PostedRoot[]) internal roots;

    function setUp() public virtual {
        clock = 1_800_000_000;
        height = 1_000;
        vm.warp(clock);
        vm.roll(height);
        _deploySystem();
        usdc = new TestToken("USDC", 6);
        wbtc = new TestToken("WBTC", 8);
        weth = new TestToken("WETH", 18);
        usdcFeed = new TestFeed(8, 1e8, clock);
        btcFeed = new TestFeed(8, 60_000e8, clock);
        ethFeed = new TestFeed(8, 3_000e8, clock);
        venueKey = vm.addr(VENUE_KEY);
        _makeAttestors();
        venue = registry.register(venueKey, vm.addr(GUARDIAN_KEY), defaultAssets(), attestorAddresses(), 2, defaultParameters());
        fund = IDefaultFund(registry.fundOf(venue));
        pool = settlement.poolOf(venue);
    }

    // -- accounts ----------------------------------------------------------------------------------------------------

    /// @notice Opens account 0 of `ownerKey`'s address and pledges it to the venue.
    function openAndPledge(uint256 ownerKey) internal returns (address account) {
        return openAndPledge(ownerKey, 0, venue, VENUE_KEY);
    }

    function openAndPledge(uint256 ownerKey, uint96 number, uint32 venue_, uint256 venueKey_) internal returns (address account) {
        account = vault.open(vm.addr(ownerKey), number);
        ownerKeyOf[account] = ownerKey;
        pledgeAgain(account, venue_, venueKey_);
    }

    /// @notice Pledges an existing account of a known owner and enters its empty leaf into the ledger.
    function pledgeAgain(address account, uint32 venue_, uint256 venueKey_) internal returns (uint32 index) {
        PledgeTerms memory terms = termsOf(account, venue_);
        bytes32 digest = pledgeDigest(terms);
        index = vault.pledge(terms, signAs(ownerKeyOf[account], digest), signAs(venueKey_, digest));
        enterLeaf(venue_, account, index);
    }

    function enterLeaf(uint32 venue_, address account, uint32 index) internal {
        assertEq(index, ledger[venue_].length, "indices are issued in order");
        ledger[venue_].push(
            Leaf({
                index: index,
                account: account,
                credit: 0,
                debit: 0,
                initialMargin: 0,
                maintenanceMargin: 0,
                positionsHash: keccak256(abi.encode("positions", index)),
                salt: bytes16(keccak256(abi.encode("salt", venue_, index)))
            })
        );
    }

    function termsOf(address account, uint32 venue_) internal view returns (PledgeTerms memory) {
        return
            PledgeTerms({
                account: account,
                venue: venue_,
                policyVersion: registry.policyVersion(venue_),
                debitCap: type(uint96).max,
                nonce: vault.pledges(account),
                deadline: uint40(clock + 1 hours)
            });
    }

    function ownerOf(address account) internal view returns (address) {
        return vm.addr(ownerKeyOf[account]);
    }

    function deposit(address account, TestToken token, uint256 amount) internal {
        token.mint(account, amount);
    }

    // -- the venue's ledger and roots --------------------------------------------------------------------------------

    /// @notice Sets N in the account's next leaf: positive is a credit.
    function setNet(address account, int256 net) internal {
        Leaf storage leaf = _leafOf(account);
        leaf.credit = net > 0 ? uint96(uint256(net)) : 0;
        leaf.debit = net < 0 ? uint96(uint256(-net)) : 0;
    }

    function setMargin(address account, uint96 initialMargin, uint96 maintenanceMargin) internal {
        Leaf storage leaf = _leafOf(account);
        leaf.initialMargin = initialMargin;
        leaf.maintenanceMargin = maintenanceMargin;
    }

    /// @notice Makes a released account's leaf the empty one.
    function clearLeaf(uint32 venue_, uint32 index) internal {
        delete ledger[venue_][index];
    }

    /// @notice Checkpoints now, lets a block pass and posts the ledger as a settling root at live prices.
    function postRoot() internal returns (EpochHeader memory) {
        return postRoot(venue, VENUE_KEY, livePrices(venue), true);
    }

    function postRoot(
        uint32 venue_,
        uint256 venueKey_,
        RootPrices memory prices,
        bool settles
    ) internal returns (EpochHeader memory header) {
        settlement.checkpoint(venue_);
        nextBlock();
        header = headerOf(venue_, uint64(height - 1), prices, settles);
        submit(header, prices, venueKey_);
    }

    /// @notice Signs and posts a header that a test may have altered, and keeps it with the ledger as it stands.
    function submit(EpochHeader memory header, RootPrices memory prices, uint256 venueKey_) internal {
        bytes32 digest = headerDigest(header);
        attestationLog.post(header, prices, signAs(venueKey_, digest), attest(digest, 2));
        PostedRoot storage kept = roots[header.venue].push();
        kept.header = header;
        kept.prices = prices;
        Leaf[] storage leaves = ledger[header.venue];
        for (uint256 i; i < leaves.length; ++i) {
            kept.leaves.push(leaves[i]);
        }
    }

    /// @notice The next header over the ledger as it stands, for a checkpoint at `snapshotBlock`.
    function headerOf(
        uint32 venue_,
        uint64 snapshotBlock,
        RootPrices memory prices,
        bool settles
    ) internal view returns (EpochHeader memory header) {
        SumTreeBuilder.Node memory top = SumTreeBuilder.build(ledger[venue_]).root();
        uint64 last = attestationLog.newest(venue_);
        (bytes32 previous, ) = attestationLog.posted(venue_, last);
        header.venue = venue_;
        header.epoch = last + 1;
        header.snapshotBlock = snapshotBlock;
        header.snapshotHash = blockhash(snapshotBlock);
        header.previous = previous;
        header.accounts = uint32(ledger[venue_].length);
        header.root = top.hash;
        header.totalCredit = top.credit;
        header.totalDebit = top.debit;
        header.paramsHash = keccak256("parameters");
        header.pricesHash = keccak256(abi.encode(prices.collateral, prices.market));
        header.settles = settles;
    }

    function livePrices(uint32 venue_) internal view returns (RootPrices memory) {
        return RootPrices({collateral: valuer.prices(venue_), market: keccak256("market")});
    }

    /// @notice The account's proof under the newest root posted here for the venue it is in.
    function proofOf(address account) internal view returns (AccountProof memory) {
        uint32 venue_ = vault.record(account).venue;
        return proofAt(venue_, roots[venue_].length, vault.record(account).index);
    }

    /// @param epoch counted from 1
    function proofAt(uint32 venue_, uint256 epoch, uint32 index) internal view returns (AccountProof memory proof) {
        PostedRoot storage kept = roots[venue_][epoch - 1];
        Leaf[] memory leaves = kept.leaves;
        proof.header = kept.header;
        proof.prices = kept.prices;
        proof.leaf = leaves[index];
        proof.siblings = SumTreeBuilder.build(leaves).siblings(index);
    }

    /// @notice Settles some accounts under an epoch, each as a range of one.
    function settle(uint256 epoch, address[] memory accounts) internal {
        for (uint256 i; i < accounts.length; ++i) {
            settle(epoch, accounts[i]);
        }
    }

    function settle(uint256 epoch, address account) internal {
        uint32 index = vault.record(account).index;
        settleRange(venue, epoch, index, index);
    }

    /// @notice Settles the leaves from `first` to `last` under an epoch.
    function settleRange(uint32 venue_, uint256 epoch, uint32 first, uint32 last) internal {
        (EpochHeader memory header, bytes memory packed, bytes memory siblings) = rangeOf(venue_, epoch, first, last);
        settlement.settle(header, first, packed, siblings);
    }

    function rangeOf(
        uint32 venue_,
        uint256 epoch,
        uint32 first,
        uint32 last
    ) internal view returns (EpochHeader memory header, bytes memory packed, bytes memory siblings) {
        PostedRoot storage kept = roots[venue_][epoch - 1];
        Leaf[] memory leaves = kept.leaves;
        header = kept.header;
        for (uint256 i = first; i <= last; ++i) {
            packed = bytes.concat(packed, leaves[i].account == address(0) ? new bytes(120) : SumTreeBuilder.packed(leaves[i]));
        }
        siblings = SumTreeBuilder.build(leaves).rangeSiblings(first, last);
    }

    function only(address account) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }

    function pair(address first, address second) internal pure returns (address[] memory list) {
        list = new address[](2);
        (list[0], list[1]) = (first, second);
    }

    /// @notice What the account has been moved by settlement since its pledge.
    function settledOf(address account) internal view returns (int256) {
        return vault.record(account).settled;
    }

    // -- time and prices ---------------------------------------------------------------------------------------------

    function nextBlock() internal {
        advance(12);
    }

    /// @notice Moves time on, and one block for every twelve seconds (one at least).
    function advance(uint256 secondsOn) internal {
        clock += secondsOn;
        height += secondsOn < 12 ? 1 : secondsOn / 12;
        vm.warp(clock);
        vm.roll(height);
        if (feedsFollow) refreshFeeds();
    }

    function refreshFeeds() internal {
        usdcFeed.set(usdcFeed.answer(), clock);
        btcFeed.set(btcFeed.answer(), clock);
        ethFeed.set(ethFeed.answer(), clock);
    }

    function setPrice(TestFeed feed, int256 answer) internal {
        feed.set(answer, clock);
    }

    // -- signatures --------------------------------------------------------------------------------------------------

    function signAs(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @notice Signatures of the first `count` attestors, ascending.
    function attest(bytes32 digest, uint256 count) internal view returns (bytes memory signatures) {
        for (uint256 i; i < count; ++i) {
            signatures = abi.encodePacked(signatures, signAs(attestorKeys[i], digest));
        }
    }

    function digestFor(address verifyingContract, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPEHASH, keccak256("Ringfence"), keccak256("1"), block.chainid, verifyingContract));
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function pledgeDigest(PledgeTerms memory terms) internal view returns (bytes32) {
        return
            digestFor(
                address(vault),
                keccak256(
                    abi.encode(
                        PLEDGE_TYPEHASH,
                        terms.account,
                        terms.venue,
                        terms.policyVersion,
                        terms.debitCap,
                        terms.nonce,
                        terms.deadline
                    )
                )
            );
    }

    function consentDigest(
        address account,
        address token,
        uint256 amount,
        address to,
        uint24 nonce,
        uint40 deadline
    ) internal view returns (bytes32) {
        uint32 index = vault.record(account).index;
        uint32 venue_ = vault.record(account).venue;
        return
            digestFor(address(vault), keccak256(abi.encode(CONSENT_TYPEHASH, account, venue_, index, token, amount, to, nonce, deadline)));
    }

    function headerDigest(EpochHeader memory header) internal view returns (bytes32) {
        return digestFor(address(attestationLog), keccak256(abi.encode(HEADER_TYPEHASH, header)));
    }

    /// @notice Of a debit that an account of this contract's first venue disputed then.
    function confirmationDigest(address account, uint40 disputedAt, int256 net) internal view returns (bytes32) {
        uint32 index = vault.record(account).index;
        return digestFor(address(vault), keccak256(abi.encode(CONFIRMATION_TYPEHASH, account, venue, index, disputedAt, net)));
    }

    function reportDigest(CloseOutReport memory report) internal view returns (bytes32) {
        return digestFor(address(attestationLog), keccak256(abi.encode(REPORT_TYPEHASH, report)));
    }

    /// @notice Files a close-out report signed by the venue and two attestors.
    function fileReport(address account, int256 finalNet) internal {
        CloseOutReport memory filed = CloseOutReport({
            venue: vault.record(account).venue,
            account: account,
            index: vault.record(account).index,
            finalNet: finalNet,
            evidence: keccak256("fills")
        });
        bytes32 digest = reportDigest(filed);
        closeOut.report(filed, signAs(VENUE_KEY, digest), attest(digest, 2));
    }

    // -- the venue's set-up ------------------------------------------------------------------------------------------

    function defaultParameters() internal pure returns (VenueParameters memory) {
        return
            VenueParameters({
                heartbeat: 1 hours,
                cureWindow: 30 minutes,
                callTtl: 2 hours,
                closeOutDeadline: 4 hours,
                disputeWindow: 30 minutes,
                auctionDuration: 20 minutes,
                fundNotice: 7 days,
                startBps: 11_000,
                floorBps: 7_000,
                maxResets: 2,
                rewardBps: 200,
                penaltyBps: 500,
                memberCapBps: 10_000,
                pegFloorBps: 9_500,
                declareReward: 50e6,
                minLot: 10e6,
                suspendAfter: 6 hours,
                releaseLimit: 3 days,
                policyDelay: 10 days,
                exitChallenge: 6 hours,
                confirmLimit: 2 days,
                claimWindow: 14 days,
                demandWindow: 2 hours,
                feedLimit: 1 hours,
                maxDemands: 8,
                failingDemands: 3,
                settleThreshold: 0,
                disputeBond: 100e6,
                demandFee: 5e6,
                minDebitCap: 100e6
            });
    }

    /// @notice USDC (no haircut), WBTC and WETH (10%).
    function defaultAssets() internal view returns (AssetConfig[] memory assets) {
        assets = new AssetConfig[](3);
        assets[0] = assetOf(address(usdc), 0, usdcFeed);
        assets[1] = assetOf(address(wbtc), 1_000, btcFeed);
        assets[2] = assetOf(address(weth), 1_000, ethFeed);
    }

    function assetOf(address token, uint16 haircutBps, TestFeed feed) internal pure returns (AssetConfig memory) {
        return
            AssetConfig({
                token: token,
                decimals: 0,
                haircutBps: haircutBps,
                feed: address(feed),
                feedDecimals: 0,
                maxAge: 1 hours,
                minPrice: 0,
                maxPrice: 0,
                secondFeed: address(0),
                secondDecimals: 0,
                secondMaxAge: 0,
                deviationBps: 0
            });
    }

    function attestorAddresses() internal view returns (address[] memory addresses) {
        addresses = new address[](attestorKeys.length);
        for (uint256 i; i < addresses.length; ++i) {
            addresses[i] = vm.addr(attestorKeys[i]);
        }
    }

    function _leafOf(address account) private view returns (Leaf storage) {
        return ledger[vault.record(account).venue][vault.record(account).index];
    }

    function _makeAttestors() private {
        uint256[3] memory keys = [uint256(0xA77E1), 0xA77E2, 0xA77E3];
        for (uint256 i; i < 3; ++i) {
            for (uint256 j = i + 1; j < 3; ++j) {
                if (vm.addr(keys[j]) < vm.addr(keys[i])) (keys[i], keys[j]) = (keys[j], keys[i]);
            }
            attestorKeys.push(keys[i]);
        }
    }

    function _deploySystem() internal {
        address at = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 12);
        Deployment memory d = Deployment({vault: at, sequencerFeed: sequencerFeed, funds: _create("DefaultFundFactory", abi.encode(at))});
        bytes memory arguments = abi.encode(d);
        Modules memory m = Modules({
            venueRegistry: _create("VenueRegistry", arguments),
            attestationLog: _create("AttestationLog", arguments),
            collateralValuer: _create("CollateralValuer", arguments),
            defaultManager: _create("DefaultManager", arguments),
            liquidationAuction: _create("LiquidationAuction", arguments),
            settlementPool: _create("SettlementPool", arguments),
            exitDesk: _create("ExitDesk", arguments),
            disputeDesk: _create("DisputeDesk", arguments),
            closeOut: _create("CloseOut", arguments),
            ownerDesk: _create("OwnerDesk", arguments),
            venueStates: _create("VenueStates", arguments)
        });
        vault = IVault(_create("CollateralVault", abi.encode(d, m)));
        registry = IVenueRegistry(at);
        states = IVenueStates(at);
        attestationLog = IAttestationLog(at);
        valuer = ICollateralValuer(at);
        settlement = ISettlementPool(at);
        defaults = IDefaultManager(at);
        closeOut = ICloseOut(at);
        auction = ILiquidationAuction(at);
        owners = IOwnerDesk(at);
        exits = IExitDesk(at);
        disputes = IDisputeDesk(at);
    }

    /// @dev From the compiled artifact: `new` would make the compiler optimise the whole system again inside every test contract.
    function _create(string memory name, bytes memory arguments) internal returns (address created) {
        bytes memory code = abi.encodePacked(vm.getCode(string.concat(name, ".sol:", name)), arguments);
        assembly ("memory-safe") {
            created := create(0, add(code, 0x20), mload(code))
        }
        assertTrue(created != address(0), string.concat(name, " is created"));
    }
}
