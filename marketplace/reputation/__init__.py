"""What is known of a seller or a buyer: facts out of orders, deliveries, complaints and money, and buyers' words."""
