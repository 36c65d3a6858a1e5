module podreg/tests/peer

go 1.24.0
