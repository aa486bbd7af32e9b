"""What each part of the platform offers to applications, with the nodes under which it is filed."""
