"""Attribution: quotations, the trained networks and the rules that make claims of what they find."""
