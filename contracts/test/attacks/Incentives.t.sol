// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {ICollateralValuer} from "../../src/interfaces/ICollateralValuer.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {IReleases} from "../../src/interfaces/IReleases.sol";
import {AccountProof, AccountStatus, AssetConfig} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";
import {PickyToken} from "../support/PickyToken.sol";
import {TestToken} from "../support/Tokens.sol";

/// @notice Who is paid, who can refuse to be, and what a default is worth to whoever brings it about.
contract IncentiveAttacksTest is DefaultScenario {
    address private constant MEMBER = address(0x3E3BE4);
    address private constant ELSEWHERE = address(0xE15E);
    PickyToken private picky;
    PickyToken private collateral;

    /// @dev A venue whose settlement asset and whose collateral can refuse anybody.
    function setUp() public override {
        super.setUp();
        (picky, collateral) = (new PickyToken(), new PickyToken());
        AssetConfig[] memory assets = new AssetConfig[](3);
        assets[0] = assetOf(address(picky), 0, usdcFeed);
        assets[1] = assetOf(address(collateral), 1_000, btcFeed);
        assets[2] = assetOf(address(weth), 1_000, ethFeed);
        venue = registry.register(venueKey, vm.addr(GUARDIAN_KEY), assets, attestorAddresses(), 2, defaultParameters());
        fund = IDefaultFund(registry.fundOf(venue));
        pool = settlement.poolOf(venue);
        usdc = TestToken(address(picky));
        makePair(0, 0);
    }

    // -- payments to an address that refuses ---------------------------------------------------------------------------

    function test_pushPayment_rewardToADeclarerWhomTheTokenRefuses_holdsUpNoResolution() public {
        picky.mint(debtor, 30_000e6);
        _defaultFor(20_000e6);
        picky.treat(declarer, PickyToken.Manner.REFUSE);
        fixDebtor(-20_000e6);
        closeOut.resolve(debtor);
        assertStatus(debtor, AccountStatus.UNPLEDGED, "over");
        vm.prank(declarer);
        vm.expectRevert();
        closeOut.collectReward(address(picky), declarer);
        vm.prank(declarer);
        closeOut.collectReward(address(picky), ELSEWHERE);
        assertEq(picky.balanceOf(ELSEWHERE), 50e6, "and its reward goes where it can");
    }

    function test_pushPayment_claimOfAnAccountThatIsRefused_holdsUpNobodyElse() public {
        address third = openAndPledge(0x7413);
        picky.mint(debtor, 1_000e6);
        setNet(debtor, -600e6);
        setNet(winner, 400e6);
        setNet(third, 200e6);
        postRoot();
        _leaveWithConsent(winner);
        _leaveWithConsent(third);
        advance(31 minutes);
        settle(1, debtor);
        picky.treat(winner, PickyToken.Manner.REFUSE);
        vm.expectRevert();
        settlement.claim(venue, winner);
        assertEq(settlement.claim(venue, third), 200e6, "the other is paid");
        picky.treat(winner, PickyToken.Manner.SERVE);
        assertEq(settlement.claim(venue, winner), 400e6, "and so is the first, when it can be");
    }

    function test_pushPayment_bondToAPayerWhoIsRefused_holdsUpNoDispute() public {
        address owner = ownerOf(debtor);
        picky.mint(debtor, 1_000e6);
        picky.mint(owner, 100e6);
        vm.prank(owner);
        picky.approve(address(vault), 100e6);
        bookLoss(300e6);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.prank(owner);
        disputes.disputeRoot(proof);
        picky.treat(owner, PickyToken.Manner.REFUSE);
        advance(2 days + 1);
        disputes.lapseDispute(debtor);
        assertTrue(disputes.disputeOf(debtor).endedBlock != 0, "ended");
        vm.prank(owner);
        closeOut.collectReward(address(picky), ELSEWHERE);
        assertEq(picky.balanceOf(ELSEWHERE), 100e6, "the bond waited to be collected");
    }

    function test_pushPayment_feeOfADemandToAPayerWhoIsRefused_holdsUpNoRelease() public {
        picky.mint(address(this), 5e6);
        picky.approve(address(vault), 5e6);
        disputes.demand(debtor);
        picky.treat(address(this), PickyToken.Manner.REFUSE);
        postRoot();
        _leaveWithConsent(debtor);
        assertEq(closeOut.rewards(address(this), address(picky)), 5e6, "the fee waits to be collected");
    }

    /// @dev Pushed, a token that refuses the venue's key kept its tranche from buying, and so every later tier from paying.
    function test_pushPayment_collateralToAVenueThatIsRefused_holdsUpNoResolution() public {
        collateral.mint(debtor, 1e6);
        uint256 lot = _defaultWithLot(20_000e6);
        collateral.treat(venueKey, PickyToken.Manner.REFUSE);
        for (uint256 i; i < 2; ++i) {
            advance(20 minutes + 1);
            auction.reset(lot);
        }
        advance(20 minutes + 1);
        auction.sellToFund(lot);
        uint256 bought = 1e6 - collateral.balanceOf(debtor);
        assertEq(closeOut.rewards(venueKey, address(collateral)), bought, "what its tranche bought waits for the venue");
        fixDebtor(-20_000e6);
        closeOut.resolve(debtor);
        assertStatus(debtor, AccountStatus.UNPLEDGED, "and the default is over");
        vm.prank(venueKey);
        closeOut.collectReward(address(collateral), ELSEWHERE);
        assertEq(collateral.balanceOf(ELSEWHERE), bought, "it names an address that is served");
    }

    /// @dev What is left of the attack: a defaulter into whose account nothing can be paid is sold nothing of, while the venue's tranche could
    /// buy. No other account pays for it meanwhile, and the owner's way out stays open.
    function test_pushPayment_toADefaulterWhoIsRefused_waitsUntilItsOwnerLeaves() public {
        collateral.mint(debtor, 1e6);
        uint256 lot = _defaultWithLot(20_000e6);
        picky.treat(debtor, PickyToken.Manner.REFUSE);
        for (uint256 i; i < 2; ++i) {
            advance(20 minutes + 1);
            auction.reset(lot);
        }
        advance(20 minutes + 1);
        vm.expectRevert();
        auction.sellToFund(lot);
        fixDebtor(-20_000e6);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.FundNotEmpty.selector, lot));
        auction.passInKind(lot);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.LotsUnsold.selector, 1));
        closeOut.resolve(debtor);
        vm.prank(ownerOf(debtor));
        exits.requestRelease(debtor);
        advance(3 days + 1);
        vm.prank(ownerOf(debtor));
        exits.startExit(debtor);
        assertEq(defaults.openDefaults(venue), 0, "then the default has ended");
    }

    // -- dust ----------------------------------------------------------------------------------------------------------

    /// @dev What is left of the attack: of an asset without a price nothing can be offered, so a satoshi of it holds a default whose loss is
    /// not covered until the feed is back. Nobody is paid by anybody else meanwhile, and the owner's way out stays open.
    function test_dust_ofAnAssetWithoutAPrice_holdsTheResolution_untilTheFeedIsBack() public {
        picky.mint(debtor, 100e6);
        _defaultFor(500e6);
        fileReport(debtor, -500e6);
        weth.mint(debtor, 1);
        advance(31 minutes);
        closeOut.fixLoss(debtor);
        setPrice(ethFeed, 0);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.SaleStillNeeded.selector, debtor, 4));
        closeOut.resolve(debtor);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(ethFeed)));
        auction.start(debtor, address(weth));
        uint256 before = vm.snapshotState();
        vm.prank(ownerOf(debtor));
        exits.requestRelease(debtor);
        advance(3 days + 1);
        vm.prank(ownerOf(debtor));
        exits.startExit(debtor);
        assertStatus(debtor, AccountStatus.EXITING, "its owner asks no feed");
        assertEq(defaults.openDefaults(venue), 0, "and the default has ended");
        vm.revertToState(before);
        setPrice(ethFeed, 3_000e8);
        buyAll(auction.start(debtor, address(weth)));
        closeOut.resolve(debtor);
        assertStatus(debtor, AccountStatus.UNPLEDGED, "with a price it is one take");
    }

    // -- a default that one brings about oneself -------------------------------------------------------------------------

    function test_selfDefault_whereTheAccountPays_costsTheDeclarerThePenalty() public {
        picky.mint(debtor, 30_000e6);
        _defaultFor(20_000e6);
        fixDebtor(-20_000e6);
        closeOut.resolve(debtor);
        uint256 its = picky.balanceOf(debtor) + closeOut.rewards(declarer, address(picky));
        assertEq(its, 30_000e6 - 20_000e6 - 1_000e6, "owner and declarer together: less the loss and the penalty");
        assertEq(fund.venueTranche(), 30_000e6, "no tier paid any of it");
        assertGe(1_000e6, closeOut.rewards(declarer, address(picky)), "the penalty exceeds the reward");
    }

    /// @dev Where the account cannot pay, no more than the capped share of its own loss comes back to it, out of its own money.
    function test_selfDefault_whereTheAccountCannotPay_bringsNoMoreThanAShareOfItsOwnMoney() public {
        picky.mint(debtor, 1_000e6);
        _defaultFor(2_000e6);
        fixDebtor(-2_000e6);
        closeOut.resolve(debtor);
        uint256 reward = closeOut.rewards(declarer, address(picky));
        assertEq(reward, 40e6, "two hundredths of the loss");
        assertEq(picky.balanceOf(debtor), 0, "all else is gone");
        assertEq(fund.venueTranche(), 30_000e6 - 1_000e6 - reward, "the venue's tranche pays first");
        assertEq(fund.memberTranche(), 1_000e6, "and members nothing");
    }

    /// @dev A default that comes to nothing pays its reward out of the money of the venue that had attested it, once for a pledge that the
    /// venue has to sign again.
    function test_selfDefault_ofAZeroLoss_isPaidByTheVenueThatAttestedIt_once() public {
        picky.mint(debtor, 30_000e6);
        _defaultFor(0);
        fixDebtor(0);
        closeOut.resolve(debtor);
        assertEq(closeOut.rewards(declarer, address(picky)), 50e6, "the flat reward");
        assertEq(fund.venueTranche(), 30_000e6 - 50e6, "from the venue");
        assertEq(fund.memberTranche(), 1_000e6, "members pay nothing for it");
        assertEq(picky.balanceOf(debtor), 30_000e6, "nor does the account");
        AccountProof memory proof = proofAt(venue, 2, 0);
        vm.expectRevert();
        defaults.callMargin(proof);
    }

    // -- donations -----------------------------------------------------------------------------------------------------

    function test_donation_toTheVault_isNobodysRewardAndNobodysBond() public {
        picky.mint(address(vault), 1_000e6);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.NothingToCollect.selector, address(this), address(picky)));
        closeOut.collectReward(address(picky), address(this));
        picky.mint(debtor, 30_000e6);
        _defaultFor(20_000e6);
        fixDebtor(-20_000e6);
        closeOut.resolve(debtor);
        vm.prank(declarer);
        assertEq(closeOut.collectReward(address(picky), declarer), 50e6, "a reward is what was counted");
        assertEq(picky.balanceOf(address(vault)), 1_000e6, "and the donation stays where it fell");
    }

    function test_donation_toAnAccount_isTheAccounts_andFramesNobody() public {
        picky.mint(debtor, 1_000e6);
        bookLoss(300e6);
        setMargin(debtor, 500e6, 0);
        postRoot();
        weth.mint(debtor, 1);
        picky.mint(debtor, 7);
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert();
        defaults.callMargin(proof);
        advance(31 minutes);
        settle(1, debtor);
        assertEqInt(settledOf(debtor), -300e6, "settlement takes what is owed and no more");
        assertEq(picky.balanceOf(debtor), 700e6 + 7, "the gift is the account's");
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _defaultFor(uint256 loss) private {
        fillFund(30_000e6, 1_000e6, MEMBER);
        bookLoss(loss);
        setMargin(debtor, 60_000e6, 0);
        defaultDebtor(address(0));
    }

    function _defaultWithLot(uint256 loss) private returns (uint256 lot) {
        fillFund(30_000e6, 1_000e6, MEMBER);
        bookLoss(loss);
        setMargin(debtor, 60_000e6, 0);
        return defaultDebtor(address(collateral));
    }

    function _leaveWithConsent(address account) private {
        AccountProof memory proof = proofOf(account);
        uint40 deadline = uint40(clock + 1 hours);
        bytes32 typeHash = keccak256("ReleaseConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint40 deadline)");
        bytes32 structHash = keccak256(
            abi.encode(typeHash, account, venue, vault.record(account).index, attestationLog.newest(venue), deadline)
        );
        bytes memory consent = signAs(VENUE_KEY, digestFor(address(vault), structHash));
        vm.prank(ownerOf(account));
        IReleases(address(vault)).releaseWithConsent(proof, deadline, consent);
    }
}
