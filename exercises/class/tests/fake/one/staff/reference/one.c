// fake pass
int one(int a)
{
    int sum = 0;

    for (int i = 0; i < a; i++) {
        sum += i * i;
        if (sum > 1000)
            sum -= 999;
    }
    return sum;
}
