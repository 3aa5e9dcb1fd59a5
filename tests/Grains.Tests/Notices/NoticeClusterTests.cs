using System.Collections.Concurrent;
using Zvonok.Domain.Notices;
using Zvonok.Grains.Notices;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Notices;

/// <summary>Publisher, streams and partitions in a real cluster of two silos, on a real journal and feed; only the receiver is played.</summary>
[Trait("Rule", "A6")]
public sealed class NoticeClusterTests() : WithCluster(silos: 2), INoticeSender
{
    private const int Children = 40;

    private readonly ConcurrentQueue<NoticeKey> _sent = new();

    protected override INoticeSender Sender => this;

    public Task<SendResult> Send(NoticeKey key, Notice notice, CancellationToken stop)
    {
        _sent.Enqueue(key);
        return Task.FromResult(SendResult.Delivered);
    }

    [Fact]
    public async Task Each_top_up_is_told_once_to_who_subscribed_and_to_nobody_else()
    {
        var children = await Subscribed();
        var stranger = Given.Number(1_000);
        await Cluster.Register(Given.AccountRow(stranger));

        await TopUp(stranger);
        for (var round = 0; round < 3; round++)
            foreach (var child in children) await TopUp(child);

        await Tasks.Until(() => _sent.Count >= Children * 3);
        _sent.Select(key => key.ToString()).ShouldBe(children.SelectMany(child => Enumerable.Range(1, 3).Select(seq => Name(child, seq))), ignoreOrder: true);
        await Cluster.Audit();
    }

    [Fact]
    public async Task When_a_silo_dies_its_partitions_and_the_publisher_go_on_elsewhere()
    {
        var children = await Subscribed();
        foreach (var child in children) await TopUp(child);
        await Tasks.Until(() => _sent.Distinct().Count() >= Children);

        await Cluster.Kill(1);
        foreach (var child in children) await TopUp(child);

        await Tasks.Until(() => _sent.Distinct().Count() >= Children * 2);
        _sent.Distinct().Select(key => key.ToString()).ShouldBe(children.SelectMany(child => Enumerable.Range(1, 2).Select(seq => Name(child, seq))), ignoreOrder: true);
        await Cluster.Audit();
    }

    [Fact]
    public async Task Two_publishers_at_once_do_no_harm()
    {
        var children = await Subscribed();
        var grains = Cluster.Part<IGrainFactory>();
        await Task.WhenAll(Enumerable.Range(1, 2).Select(number => grains.GetGrain<INoticePublisherGrain>(number).KeepAlive()));

        for (var round = 0; round < 3; round++)
            foreach (var child in children) await TopUp(child);

        await Tasks.Until(() => _sent.Count >= Children * 3);
        _sent.ShouldBeUnique();
    }

    private async Task<List<AccountNumber>> Subscribed()
    {
        var children = Enumerable.Range(1, Children).Select(serial => Given.Number(serial)).ToList();
        await Cluster.Register([.. children.Select(child => Given.AccountRow(child))]);
        foreach (var child in children) await Cluster.Part<ISubscriptions>().Replace(child, "subject-17", [Of(child)]);
        return children;
    }

    // While the cluster finds out who is left, calls may be lost; the operation id makes the repeat safe.
    private async Task TopUp(AccountNumber child)
    {
        var topUp = Given.TopUp(Cluster.NextId(), 100, Guid.NewGuid().ToString("N"));
        using var deadline = new CancellationTokenSource(TestCluster.Deadline);
        while (true)
        {
            try
            {
                (await Cluster.Account(child).TopUp(topUp)).Refusal.ShouldBe(AccountRefusal.None);
                return;
            }
            catch (Exception fault) when (fault is OrleansException or TimeoutException && !deadline.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private static string Name(AccountNumber child, int seq) => $"account/{child}/{seq}/topped_up/{Of(child).Receiver}";

    private static Subscription Of(AccountNumber child) => new()
    {
        Account = child,
        Guardian = "subject-17",
        Channel = new Channel(ChannelKind.Email, "guardian@example.org"),
        Kinds = NoticeKindSet.All,
        Language = NoticeLanguage.English,
    };
}
