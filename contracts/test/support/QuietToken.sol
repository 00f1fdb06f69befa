// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestToken} from "./Tokens.sol";

/// @notice A token that moves as it should, and when it is asked for a balance behaves as it was told to.
contract QuietToken is TestToken {
    enum Manner {
        TELL,
        REFUSE,
        REFUSE_AT_LENGTH,
        SAY_NOTHING,
        SAY_TOO_LITTLE,
        SAY_TOO_MUCH,
        EAT_GAS,
        CALL_BACK
    }

    Manner private _manner;
    address private _caller;
    bytes private _call;

    constructor() TestToken("QUIET", 6) {}

    function behave(Manner manner) external {
        _manner = manner;
    }

    /// @param caller whom it calls, when it does
    function callBack(address caller, bytes calldata call_) external {
        (_manner, _caller, _call) = (Manner.CALL_BACK, caller, call_);
    }

    function balanceOf(address who) public view override returns (uint256) {
        Manner manner = _manner;
        if (manner == Manner.REFUSE) revert("refused");
        if (manner == Manner.EAT_GAS) {
            while (gasleft() > 0) {}
        }
        if (manner == Manner.CALL_BACK) {
            (bool ok, ) = _caller.staticcall(_call);
            if (!ok) revert("not answered");
        }
        uint256 held = super.balanceOf(who);
        assembly ("memory-safe") {
            mstore(0x00, held)
            switch manner
            case 2 {
                revert(0x00, 100000)
            }
            case 3 {
                return(0x00, 0x00)
            }
            case 4 {
                return(0x00, 0x1f)
            }
            case 5 {
                return(0x00, 100000)
            }
        }
        return held;
    }
}
