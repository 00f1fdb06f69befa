// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {AccountStatus, AssetConfig, Flags, Modules, PledgeTerms, VenueParameters, WithdrawalDoor} from "../src/interfaces/Types.sol";
import {ForcedStates, IMadeOfParts} from "./support/ForcedStates.sol";
import {FalseToken, HookToken, NoReturnToken} from "./support/Tokens.sol";

/// @notice The owner's first two ways out: free, and with the venue's consent. `unpledgedIsFree`, `nonceOnce` for consents.
contract WithdrawTest is ForcedStates {
    uint256 private constant OWNER_KEY = 0xB0B;
    address private constant TO = address(0xCAFE);
    address private owner;
    address private account;
    /// @dev Kept, for the optimiser may read `block.chainid` again where it is used.
    uint256 private home;

    function setUp() public override {
        super.setUp();
        owner = vm.addr(OWNER_KEY);
        account = openAndPledge(OWNER_KEY);
        deposit(account, usdc, 1_000e6);
        deposit(account, weth, 3e18);
        home = block.chainid;
    }

    // -- free --------------------------------------------------------------------------------------------------------

    function test_withdraw_everythingWhileUnpledged_whenNothingElseWorks() public {
        address free = vault.open(owner, 1);
        deposit(free, usdc, 500e6);
        deposit(free, weth, 1e18);
        // Every part beside the vault itself, and a feed.
        Modules memory m = IMadeOfParts(address(vault)).parts();
        address[12] memory dead = [
            m.venueRegistry,
            m.attestationLog,
            m.collateralValuer,
            m.defaultManager,
            m.liquidationAuction,
            m.settlementPool,
            m.exitDesk,
            m.disputeDesk,
            m.closeOut,
            m.ownerDesk,
            m.venueStates,
            address(btcFeed)
        ];
        for (uint256 i; i < dead.length; ++i) {
            vm.etch(dead[i], hex"fe");
        }
        vm.startPrank(owner);
        vm.expectEmit(address(vault));
        emit ICollateralVault.Withdrawn(free, address(usdc), TO, 500e6, WithdrawalDoor.FREE);
        vault.withdraw(free, address(usdc), 500e6, TO);
        vault.withdraw(free, address(weth), 1e18, TO);
        vm.stopPrank();
        assertEq(usdc.balanceOf(TO), 500e6, "all of it");
        assertEq(weth.balanceOf(TO), 1e18, "of every token");
    }

    function test_withdraw_afterTheRelease() public {
        forceRelease(account, 0);
        vm.prank(owner);
        vault.withdraw(account, address(usdc), 1_000e6, TO);
        assertEq(usdc.balanceOf(TO), 1_000e6, "free again");
    }

    function test_withdraw_acceptedCollateralWhilePledged() public {
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.AcceptedCollateral.selector, address(usdc)));
        vault.withdraw(account, address(usdc), 1, TO);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.AcceptedCollateral.selector, address(weth)));
        vault.withdraw(account, address(weth), 1, TO);
        vm.stopPrank();
    }

    function test_withdraw_anUnacceptedToken_inEveryStatus() public {
        NoReturnToken stray = new NoReturnToken(6);
        stray.mint(account, 4);
        AccountStatus[4] memory path = [AccountStatus.ACTIVE, AccountStatus.CALLED, AccountStatus.CLOSING_OUT, AccountStatus.LOSS_FIXED];
        for (uint256 i; i < 4; ++i) {
            if (i != 0) forceStatus(account, path[i]);
            vm.prank(owner);
            vault.withdraw(account, address(stray), 1, TO);
        }
        assertEq(stray.balanceOf(TO), 4, "never locked by a venue that does not take it");
    }

    function test_withdraw_byAnybodyElse() public {
        address free = vault.open(owner, 1);
        deposit(free, usdc, 5);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, free, address(this)));
        vault.withdraw(free, address(usdc), 5, TO);
        vm.prank(venueKey);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, free, venueKey));
        vault.withdraw(free, address(usdc), 5, TO);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAnAccount.selector, pool));
        vault.withdraw(pool, address(usdc), 5, TO);
    }

    function test_withdraw_nothingOrToNobody() public {
        address free = vault.open(owner, 1);
        deposit(free, usdc, 5);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAmount.selector));
        vault.withdraw(free, address(usdc), 0, TO);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAddress.selector));
        vault.withdraw(free, address(usdc), 5, address(0));
        vm.expectRevert();
        vault.withdraw(free, address(usdc), 6, TO);
        vm.stopPrank();
        assertEq(usdc.balanceOf(free), 5, "nothing moved");
    }

    function test_withdraw_aTokenThatRefusesOrLies() public {
        address free = vault.open(owner, 1);
        NoReturnToken refusing = new NoReturnToken(6);
        FalseToken lying = new FalseToken();
        refusing.mint(free, 5);
        refusing.refuse(TO, true);
        lying.mint(free, 5);
        vm.startPrank(owner);
        vm.expectPartialRevert(NoReturnToken.Refused.selector);
        vault.withdraw(free, address(refusing), 5, TO);
        vm.expectRevert();
        vault.withdraw(free, address(lying), 5, TO);
        vault.withdraw(free, address(refusing), 5, address(0xF00D));
        vm.stopPrank();
        assertEq(refusing.balanceOf(address(0xF00D)), 5, "elsewhere it goes");
    }

    // -- one lock ----------------------------------------------------------------------------------------------------

    function test_withdraw_whileATokenCallsBack() public {
        // The token itself owns the account, so that its calls back carry the owner's right and only the lock is left to stop them.
        HookToken hook = new HookToken(18);
        address its = vault.open(address(hook), 0);
        hook.mint(its, 100);
        PledgeTerms memory terms = termsOf(its, venue);
        (AssetConfig[] memory assets, VenueParameters memory figures) = (defaultAssets(), defaultParameters());
        bytes[25] memory inward = [
            abi.encodeCall(vault.withdraw, (its, address(hook), 1, TO)),
            abi.encodeCall(vault.withdrawWithConsent, (its, address(hook), 1, TO, uint40(clock), "")),
            abi.encodeCall(vault.pledge, (terms, "", "")),
            abi.encodeCall(owners.requestWithdrawal, (its, address(hook), 1, TO)),
            abi.encodeCall(owners.cancelWithdrawal, (its, address(hook))),
            abi.encodeCall(owners.switchAddressBook, (its, true)),
            abi.encodeCall(owners.addToBook, (its, TO)),
            abi.encodeCall(owners.removeFromBook, (its, TO)),
            abi.encodeCall(owners.lowerDebitCap, (its, 1)),
            abi.encodeCall(owners.applyDebitCap, (its)),
            abi.encodeCall(owners.relay, (abi.encodeCall(vault.withdraw, (its, address(hook), 1, TO)), 0, uint40(clock), "")),
            abi.encodeCall(settlement.checkpoint, (venue)),
            abi.encodeCall(settlement.contribute, (venue, 0)),
            abi.encodeCall(settlement.claim, (venue, its)),
            abi.encodeCall(settlement.claimInKind, (venue, its, address(hook), 1)),
            abi.encodeCall(settlement.buyInKind, (venue, address(hook), 1, 1, TO)),
            abi.encodeCall(registry.publishPolicy, (venue, assets, figures)),
            abi.encodeCall(registry.adoptPolicy, (its, 2)),
            abi.encodeCall(states.pause, (venue)),
            abi.encodeCall(states.poke, (venue)),
            abi.encodeCall(states.fail, (venue)),
            abi.encodeCall(states.applyQuorum, (venue)),
            abi.encodeCall(valuer.prices, (venue)),
            abi.encodeCall(valuer.price, (venue, address(weth))),
            abi.encodeCall(valuer.values, (account, new uint128[](3)))
        ];
        for (uint256 i; i < inward.length; ++i) {
            _reenter(hook, its, address(vault), inward[i], ICollateralVault.Locked.selector);
        }
        _reenter(hook, its, address(defaults), abi.encodeCall(defaults.lapse, (account)), ICollateralVault.Locked.selector);
        _reenter(hook, its, address(closeOut), abi.encodeCall(closeOut.resolve, (account)), ICollateralVault.Locked.selector);
        _reenter(hook, its, address(auction), abi.encodeCall(auction.start, (account, address(weth))), ICollateralVault.Locked.selector);
        _reenter(hook, its, address(fund), abi.encodeCall(fund.fundVenueTranche, (0)), bytes4(keccak256("FundLocked()")));
        _reenter(hook, its, address(auction), abi.encodeCall(auction.liveLots, (0, 1)), ICollateralVault.Locked.selector);
        assertEq(hook.balanceOf(its), 100 - 30, "thirty withdrawals of one moved thirty");
        assertTrue(!vault.locked(), "and the lock is open");
    }

    function test_withdraw_whenTheCallBackIsNotSwallowed() public {
        HookToken hook = new HookToken(18);
        address its = vault.open(address(hook), 0);
        hook.mint(its, 100);
        hook.arm(address(vault), abi.encodeCall(vault.withdraw, (its, address(hook), 1, TO)), false);
        vm.prank(address(hook));
        vm.expectPartialRevert(ICollateralVault.Locked.selector);
        vault.withdraw(its, address(hook), 10, TO);
        assertEq(hook.balanceOf(its), 100, "all or nothing");
    }

    // -- with the venue's consent ------------------------------------------------------------------------------------

    function test_withdrawWithConsent_once() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = _consent(400e6, 0, deadline);
        vm.startPrank(owner);
        vm.expectEmit(address(vault));
        emit ICollateralVault.Withdrawn(account, address(usdc), TO, 400e6, WithdrawalDoor.CONSENT);
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, venueKey));
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
        vm.stopPrank();
        assertEq(usdc.balanceOf(TO), 400e6, "paid once");
        assertEq(vault.record(account).consentNonce, 1, "one consent used");
    }

    function test_withdrawWithConsent_thatFailed_canBeUsedLater() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = _consent(2_000e6, 0, deadline);
        vm.startPrank(owner);
        vm.expectRevert();
        vault.withdrawWithConsent(account, address(usdc), 2_000e6, TO, deadline, consent);
        usdc.mint(account, 1_000e6);
        vault.withdrawWithConsent(account, address(usdc), 2_000e6, TO, deadline, consent);
        vm.stopPrank();
        assertEq(usdc.balanceOf(TO), 2_000e6, "a failed try uses nothing up");
    }

    function test_withdrawWithConsent_toAnythingElseThanWasConsentedTo() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = _consent(400e6, 0, deadline);
        bytes memory reason = abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, venueKey);
        vm.startPrank(owner);
        vm.expectRevert(reason);
        vault.withdrawWithConsent(account, address(usdc), 400e6 + 1, TO, deadline, consent);
        vm.expectRevert(reason);
        vault.withdrawWithConsent(account, address(weth), 400e6, TO, deadline, consent);
        vm.expectRevert(reason);
        vault.withdrawWithConsent(account, address(usdc), 400e6, owner, deadline, consent);
        vm.expectRevert(reason);
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline + 1, consent);
        vm.stopPrank();
    }

    function test_withdrawWithConsent_givenToAnotherAccountPledgeOrChain() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = _consent(400e6, 0, deadline);
        bytes memory reason = abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, venueKey);
        address sister = openAndPledge(OWNER_KEY, 1, venue, VENUE_KEY);
        deposit(sister, usdc, 1_000e6);
        vm.prank(owner);
        vm.expectRevert(reason);
        vault.withdrawWithConsent(sister, address(usdc), 400e6, TO, deadline, consent);

        vm.chainId(10);
        vm.prank(owner);
        vm.expectRevert(reason);
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
        vm.chainId(home);

        forceRelease(account, 0);
        pledgeAgain(account, venue, VENUE_KEY);
        assertEq(vault.record(account).consentNonce, 0, "the nonce is the pledge's own");
        vm.prank(owner);
        vm.expectRevert(reason);
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
    }

    function test_withdrawWithConsent_outsideItsTime() public {
        uint40 latest = uint40(clock + 1 hours);
        bytes memory tooLong = _consent(1, 0, latest + 1);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ConsentTooLong.selector, latest + 1, latest));
        vault.withdrawWithConsent(account, address(usdc), 1, TO, latest + 1, tooLong);
        bytes memory longest = _consent(1, 0, latest);
        vm.warp(latest + 1);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ConsentExpired.selector, latest));
        vault.withdrawWithConsent(account, address(usdc), 1, TO, latest, longest);
        vm.warp(latest);
        vm.prank(owner);
        vault.withdrawWithConsent(account, address(usdc), 1, TO, latest, longest);
    }

    function test_withdrawWithConsent_unlessActive() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = _consent(400e6, 0, deadline);
        AccountStatus[4] memory path = [AccountStatus.ACTIVE, AccountStatus.CALLED, AccountStatus.CLOSING_OUT, AccountStatus.LOSS_FIXED];
        for (uint256 i = 1; i < 4; ++i) {
            forceStatus(account, path[i]);
            vm.prank(owner);
            vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotActive.selector, account, path[i]));
            vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
        }
        forceRelease(account, 0);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotPledged.selector, account));
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
    }

    function test_withdrawWithConsent_whileCollateralIsAuctionedForWhatIsOwed() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = _consent(400e6, 0, deadline);
        forceFlags(account, Flags.OWED_AUCTION);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotActive.selector, account, AccountStatus.ACTIVE));
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
    }

    function test_withdrawWithConsent_whileTheVenueIsSuspended() public {
        advance(2 days);
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = _consent(400e6, 0, deadline);
        vm.prank(owner);
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
        assertEq(usdc.balanceOf(TO), 400e6, "a venue that posts no roots can still let its clients go");
    }

    function test_withdrawWithConsent_byAnybodyButTheOwner() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = _consent(400e6, 0, deadline);
        vm.prank(venueKey);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, account, venueKey));
        vault.withdrawWithConsent(account, address(usdc), 400e6, TO, deadline, consent);
    }

    function test_withdrawWithConsent_signedByTheOwner() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory own = signAs(OWNER_KEY, consentDigest(account, address(usdc), 1, TO, 0, deadline));
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, venueKey));
        vault.withdrawWithConsent(account, address(usdc), 1, TO, deadline, own);
    }

    function _consent(uint256 amount, uint24 nonce, uint40 deadline) private view returns (bytes memory) {
        return signAs(VENUE_KEY, consentDigest(account, address(usdc), amount, TO, nonce, deadline));
    }

    /// @dev Withdraws one unit; in the middle of it the token sends `payload` to `target`, which must refuse with `reason`.
    function _reenter(HookToken hook, address its, address target, bytes memory payload, bytes4 reason) private {
        hook.arm(target, payload, true);
        vm.prank(address(hook));
        vault.withdraw(its, address(hook), 1, TO);
        assertTrue(hook.called(), "the token had its turn");
        assertTrue(!hook.succeeded(), "and gained nothing");
        assertEqHash(bytes32(bytes4(hook.answer())), bytes32(reason), "refused for the right reason");
    }
}
