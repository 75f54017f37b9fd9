"""What comes in: a month prepared to be filled in, a received file put in its place."""
