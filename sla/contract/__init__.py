"""What the contract says: who pays for a request, what is promised on it, and how forfait hours are counted."""
