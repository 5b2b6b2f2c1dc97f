// fake fail
