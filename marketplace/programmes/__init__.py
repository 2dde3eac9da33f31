"""What the alliance does for its members beside fairs: courses and study tours, capital, advice."""
