"""What is read of a register by programs: viewsets, serializers, refusals, and the description of them."""
