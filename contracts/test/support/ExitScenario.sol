// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFailedVenue} from "../../src/interfaces/IFailedVenue.sol";
import {IReleases} from "../../src/interfaces/IReleases.sol";
import {AccountProof, AccountStatus, Exit, PledgeTerms} from "../../src/interfaces/Types.sol";
import {RingfenceTest} from "./RingfenceTest.sol";
import {TestToken} from "./Tokens.sol";

/// @notice A loser and two winners of one venue, and the ways out of it.
abstract contract ExitScenario is RingfenceTest {
    uint256 internal constant BTC_PRICE = (60_000e6 * 1e18) / 1e8;

    IFailedVenue internal failed;
    IReleases internal releases;
    address internal loser;
    address internal winner;
    address internal second;
    address internal stranger = address(0x5742);

    function setUp() public virtual override {
        super.setUp();
        failed = IFailedVenue(address(vault));
        releases = IReleases(address(vault));
        loser = openAndPledge(0x105E);
        winner = openAndPledge(0x717);
        second = openAndPledge(0x718);
    }

    // -- steps -------------------------------------------------------------------------------------------------------

    /// @notice N of the loser, and all of it the winner's.
    function book(int256 loss) internal {
        setNet(loser, -loss);
        setNet(winner, loss);
    }

    function ask(address account) internal {
        vm.prank(ownerOf(account));
        exits.requestRelease(account);
    }

    /// @notice Asks for release and lets its time run out.
    function runOut(address account) internal {
        ask(account);
        advance(3 days + 1);
    }

    function fail() internal {
        advance(6 hours + 1);
        states.poke(venue);
        advance(24 hours + 1);
        states.fail(venue);
    }

    function start(address account) internal {
        vm.prank(ownerOf(account));
        exits.startExit(account);
    }

    function startAt(address account, uint256 epoch) internal {
        AccountProof memory proof = proofAt(venue, epoch, vault.record(account).index);
        vm.prank(ownerOf(account));
        exits.startExitWithProof(proof);
    }

    function challenge(address account, uint256 epoch) internal {
        AccountProof memory proof = proofAt(venue, epoch, vault.record(account).index);
        vm.prank(stranger);
        exits.challengeExit(proof);
    }

    function payAsOwner(address account) internal returns (uint256) {
        vm.prank(ownerOf(account));
        return exits.payExit(account);
    }

    function payInKind(address account, TestToken token) internal {
        AccountProof memory proof = proofAt(venue, roots[venue].length, vault.record(account).index);
        vm.prank(ownerOf(account));
        exits.payExitInKind(proof, address(token));
    }

    /// @notice Starts with the newest leaf, which must be conclusive, and lets a second pass.
    function exitWithNewest(address account) internal {
        exits.startExitWithProof(proofOf(account));
        advance(1);
    }

    function statedOf(address account) internal view returns (Exit memory) {
        return exits.exitOf(account);
    }

    function isFree(address account) internal view returns (bool) {
        return vault.record(account).venue == 0;
    }

    function statusOf(address account) internal view returns (AccountStatus) {
        return vault.record(account).status;
    }

    function withdrawAll(address account, TestToken token) internal {
        address owner = ownerOf(account);
        uint256 amount = token.balanceOf(account);
        vm.prank(owner);
        vault.withdraw(account, address(token), amount, owner);
        assertEq(token.balanceOf(account), 0, "it is its owner's");
    }

    function fillVenueTranche(uint256 amount) internal {
        usdc.mint(address(this), amount);
        usdc.approve(address(fund), amount);
        fund.fundVenueTranche(amount);
    }

    /// @notice Calls the loser under a huge requirement and declares its default with its WBTC on sale.
    function defaultLoser() internal returns (uint256 lot) {
        setMargin(loser, type(uint96).max, type(uint96).max);
        postRoot();
        defaults.callMargin(proofOf(loser));
        advance(31 minutes);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        bool sells = proof.leaf.debit > usdc.balanceOf(loser) && wbtc.balanceOf(loser) != 0;
        return defaults.declareDefault(proof, sells ? address(wbtc) : address(0));
    }

    // -- terms and consents ------------------------------------------------------------------------------------------

    function secondVenue() internal returns (uint32) {
        return registry.register(venueKey, vm.addr(GUARDIAN_KEY), defaultAssets(), attestorAddresses(), 2, defaultParameters());
    }

    function cappedTerms(address account, uint32 venue_, uint96 cap) internal view returns (PledgeTerms memory terms) {
        terms = termsOf(account, venue_);
        terms.debitCap = cap;
    }

    function pledgeCapped(uint256 ownerKey, uint96 cap) internal returns (address account) {
        account = vault.open(vm.addr(ownerKey), 0);
        ownerKeyOf[account] = ownerKey;
        PledgeTerms memory terms = cappedTerms(account, venue, cap);
        bytes32 digest = pledgeDigest(terms);
        enterLeaf(venue, account, vault.pledge(terms, signAs(ownerKey, digest), signAs(VENUE_KEY, digest)));
    }

    function releaseConsent(address account, uint64 epoch, uint40 deadline) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256("ReleaseConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint40 deadline)");
        uint32 index = vault.record(account).index;
        return signAs(VENUE_KEY, digestFor(address(vault), keccak256(abi.encode(typeHash, account, venue, index, epoch, deadline))));
    }

    function portConsent(address account, uint64 epoch, uint32 to, uint40 deadline) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256("PortConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint32 newVenue,uint40 deadline)");
        uint32 index = vault.record(account).index;
        return signAs(VENUE_KEY, digestFor(address(vault), keccak256(abi.encode(typeHash, account, venue, index, epoch, to, deadline))));
    }

    // -- demands and disputes ----------------------------------------------------------------------------------------

    /// @notice Somebody demands the account's proof, and the venue lets the time for it pass.
    function leaveUnanswered(address account) internal {
        _payFrom(stranger, defaultParameters().demandFee);
        vm.prank(stranger);
        disputes.demand(account);
        advance(defaultParameters().demandWindow + 1);
        disputes.findUnanswered(account);
    }

    /// @notice The owner disputes the newest root, whose window must be open.
    function disputeNewest(address account) internal {
        AccountProof memory proof = proofOf(account);
        _payFrom(ownerOf(account), defaultParameters().disputeBond);
        vm.prank(ownerOf(account));
        disputes.disputeRoot(proof);
    }

    /// @notice The loser leaves a root undisputed, and of the next one disputes what it adds.
    function disputeBeyond(int256 undisputed, int256 loss) internal {
        book(undisputed);
        postRoot();
        advance(defaultParameters().disputeWindow + 1);
        book(loss);
        postRoot();
        disputeNewest(loser);
        disputes.lowerCap(proofAt(venue, roots[venue].length - 1, vault.record(loser).index));
        assertEqInt(disputes.disputeOf(loser).capNet, -undisputed, "held there");
    }

    /// @notice The higher quorum confirms a debit of the loser's.
    function confirm(int256 net) internal {
        disputes.confirmDebit(loser, net, attest(confirmationDigest(loser, disputes.disputeOf(loser).disputedAt, net), 3));
    }

    function lapse() internal {
        advance(defaultParameters().confirmLimit + 1);
        disputes.lapseDispute(loser);
    }

    function _payFrom(address payer, uint256 amount) private {
        usdc.mint(payer, amount);
        vm.prank(payer);
        usdc.approve(address(vault), amount);
    }
}
