"""The registry: cooperatives, their dossiers, certificates and bank accounts."""
