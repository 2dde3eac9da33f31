"""Value chains: what buyers need, what is offered for it, pools of small ones, contracts and their deliveries."""
