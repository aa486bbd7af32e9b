"""Award rounds: from the call to the statuette."""
