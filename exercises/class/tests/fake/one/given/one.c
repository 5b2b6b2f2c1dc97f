// fake fail
int one(int a)
{
    return a;
}
