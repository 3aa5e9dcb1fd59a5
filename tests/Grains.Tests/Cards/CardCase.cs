using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Cards;

/// <summary>A card of a school and account of its own, and an employee who asks for things to be done with it.</summary>
internal sealed class CardCase
{
    private readonly TestCluster _cluster;
    private readonly CardAuthor _author;

    private CardCase(TestCluster cluster, CardToken token, AccountNumber account, BuildingId school, AccountNumber employee) =>
        (_cluster, Token, Account, School, _author) = (cluster, token, account, school, new CardAuthor(school, employee, default, "Left on the bus"));

    public CardToken Token { get; }

    public AccountNumber Account { get; }

    public BuildingId School { get; }

    public static async Task<CardCase> Create(OneSilo silo, CardState state = CardState.Active, long meal = 0)
    {
        var (school, account) = (await silo.NewBuilding(), await silo.NewAccount(meal: meal));
        return await Create(silo.Cluster, Given.Token(silo.Next()), account, school, Given.Number(silo.Next()), state);
    }

    /// <summary>In a registered school, for a registered account.</summary>
    public static async Task<CardCase> Create(TestCluster cluster, CardToken token, AccountNumber account, BuildingId school, AccountNumber employee, CardState state = CardState.Active)
    {
        var row = Given.AccountRow(employee);
        await cluster.Register(row with { Account = row.Account with { Kind = AccountKind.Employee } }, Given.CardRow(token, account, school, state));
        return new CardCase(cluster, token, account, school, employee);
    }

    public CardMove Move(CardState to) => new() { Operation = _cluster.NextId(), Token = Token, Author = _author, To = to };

    public CardBinding Bind() => new() { Operation = _cluster.NextId(), Token = Token, Author = _author, Account = Account };

    public CardIssue Issue(CardToken token) => new() { Operation = _cluster.NextId(), Token = token, Author = _author, CardKind = CardKind.Fob, Account = Account, Rights = new AccessRights(School) };

    public TemporaryCardIssue Temporary(CardToken token) => new() { Operation = _cluster.NextId(), Token = token, Author = _author, Account = Account };

    public CardReplacement Replace(CardToken successor) => new()
    {
        Operation = _cluster.NextId(), Token = Token, Author = _author, Successor = successor, SuccessorKind = CardKind.Fob, Becomes = CardState.Lost,
    };

    public Task<CardAnswer> Do(CardCommand command) => _cluster.Card(command.Token).Change(command);

    public ValueTask<Card?> Read() => _cluster.Card(Token).Read();

    public ValueTask<BuildingAnswer> Tap(Direction direction = Direction.In, BuildingId? at = null) =>
        _cluster.Card(Token).Tap(Given.Tap(_cluster.NextId(), Token, at ?? School, direction));
}
