int two(int a);
