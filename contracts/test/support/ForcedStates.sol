// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExitDesk} from "../../src/interfaces/IExitDesk.sol";
import {AccountStatus, Deployment, Modules} from "../../src/interfaces/Types.sol";
import {Force} from "./Force.sol";
import {ForcedPart} from "./ForcedPart.sol";
import {RingfenceTest} from "./RingfenceTest.sol";

/// @notice What the vault says about its own making.
interface IMadeOfParts {
    function parts() external view returns (Modules memory);
    function deployment() external view returns (Deployment memory);
}

/// @notice For tests of one part that need an account in a state which other parts lead to.
abstract contract ForcedStates is RingfenceTest {
    function forceStatus(address account, AccountStatus to) internal {
        _force(Force.STATUS, account, uint256(to), address(0), 0);
    }

    /// @param flags see `Flags`
    function forceFlags(address account, uint8 flags) internal {
        _force(Force.FLAGS, account, flags, address(0), 0);
    }

    /// @param owing becomes a claim on the pool
    function forceRelease(address account, uint256 owing) internal {
        _force(Force.RELEASE, account, owing, address(0), 0);
    }

    function forceWriteOff(address account, uint256 shortfall) internal {
        _force(Force.WRITE_OFF, account, shortfall, address(0), 0);
    }

    function forceInKind(address account, address token, uint256 amount, uint256 value) internal {
        _force(Force.IN_KIND, account, amount, token, value);
    }

    /// @dev The stand-in takes the exit desk's place for this one call.
    function _force(Force what, address account, uint256 amount, address token, uint256 value) private {
        IMadeOfParts made = IMadeOfParts(address(vault));
        address part = made.parts().exitDesk;
        bytes memory right = part.code;
        vm.etch(part, address(new ForcedPart(made.deployment())).code);
        (bool ok, ) = address(vault).call(bytes.concat(IExitDesk.finishExit.selector, abi.encode(what, account, amount, token, value)));
        assertTrue(ok, "forced");
        vm.etch(part, right);
    }
}
