// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a test can force upon an account.
enum Force {
    STATUS,
    FLAGS,
    RELEASE,
    WRITE_OFF,
    IN_KIND
}
