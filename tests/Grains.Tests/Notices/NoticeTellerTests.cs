using Zvonok.Grains.Notices;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Notices;

[Trait("Rule", "A6")]
public sealed class NoticeTellerTests
{
    private readonly Stage _stage = new();

    [Fact]
    public async Task Facts_of_a_batch_are_sent_and_written_down()
    {
        await using var work = _stage.Start();
        var facts = _stage.Happen(3);

        await work.Take(Stage.Batch(facts));

        await Tasks.Until(() => _stage.Log.Rows.Count == 3);
        _stage.Log.Rows.ShouldAllBe(row => row.State == NoticeState.Delivered && row.Tries == 1);
        _stage.Sent.ShouldBe(facts.Select(_stage.KeyOf));
        (await _stage.Log.ReadPlace(_stage.Partition)).Position.ShouldBe(facts[^1].Position);
    }

    [Fact]
    public async Task What_came_before_is_not_sent_again()
    {
        await using var work = _stage.Start();
        var facts = _stage.Happen(4);

        await work.Take(Stage.Batch([.. facts.Take(3)]));
        await work.Take(Stage.Batch([.. facts.Take(2)]));
        await work.Take(Stage.Batch(facts));

        await Tasks.Until(() => _stage.Log.Rows.Count == 4);
        _stage.Sent.ShouldBe(facts.Select(_stage.KeyOf));
    }

    [Fact]
    public async Task What_the_stream_has_lost_is_read_from_the_feed()
    {
        await using var work = _stage.Start();
        await work.Take(Stage.Batch(_stage.Happen(2)));
        await Tasks.Until(() => _stage.Log.Rows.Count == 2);
        _stage.Happen(3);

        await work.Take(Stage.Batch(_stage.Happen(1)));

        await Tasks.Until(() => _stage.Log.Rows.Count == 6);
        _stage.Sent.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_new_activation_goes_on_from_what_is_written_down()
    {
        await using (var first = _stage.Start())
        {
            await first.Take(Stage.Batch(_stage.Happen(2)));
            await Tasks.Until(() => _stage.Log.Rows.Count == 2);
        }

        _stage.Happen(3);
        await using var second = _stage.Start();
        await second.Take(Stage.Batch(_stage.Happen(1)));

        await Tasks.Until(() => _stage.Log.Rows.Count == 6);
        _stage.Sent.Count.ShouldBe(6);
    }

    [Fact]
    [Trait("Rule", "N3")]
    public async Task A_slow_receiver_does_not_hold_up_the_others_and_is_written_down_when_it_is_done()
    {
        await using var work = _stage.Start();
        var slow = _stage.Happen(1);
        var answer = new TaskCompletionSource<SendResult>();
        _stage.Receiver = key => key == _stage.KeyOf(slow[0]) ? answer.Task : Task.FromResult(SendResult.Delivered);
        await work.Take(Stage.Batch(slow));

        await work.Take(Stage.Batch(_stage.Happen(5)));

        await Tasks.Until(() => _stage.Log.Rows.Count(row => row.State == NoticeState.Delivered) == 5);
        _stage.Log.Rows.Single(row => row.State == NoticeState.Due).Key.ShouldBe(_stage.KeyOf(slow[0]));
        answer.SetResult(SendResult.Delivered);
        await Tasks.Until(() => _stage.Log.Rows.All(row => row.State == NoticeState.Delivered));
        _stage.Sent.Count.ShouldBe(6);
    }

    [Fact]
    [Trait("Rule", "N3")]
    public async Task A_failed_notice_is_tried_again_until_it_is_taken()
    {
        var failures = 2;
        _stage.Receiver = _ => Task.FromResult(Interlocked.Decrement(ref failures) >= 0 ? new SendResult(SendOutcome.Failed, "HTTP 503") : SendResult.Delivered);
        await using var work = _stage.Start();

        await work.Take(Stage.Batch(_stage.Happen(1)));

        await Tasks.Until(() => _stage.Log.Rows is [{ State: NoticeState.Delivered }]);
        _stage.Log.Rows[0].Tries.ShouldBe(3);
        _stage.Sent.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [Trait("Rule", "N3")]
    [InlineData(SendOutcome.Failed, 3)]
    [InlineData(SendOutcome.Rejected, 1)]
    public async Task A_notice_dies_after_its_last_try_or_when_it_is_refused_for_ever(SendOutcome outcome, int tries)
    {
        _stage.Receiver = _ => Task.FromResult(new SendResult(outcome, "no"));
        await using var work = _stage.Start();

        await work.Take(Stage.Batch(_stage.Happen(1)));

        await Tasks.Until(() => _stage.Log.Rows is [{ State: NoticeState.Dead }]);
        (_stage.Log.Rows[0].Tries, _stage.Log.Rows[0].Trouble).ShouldBe((tries, "no"));
        _stage.Sent.Count.ShouldBe(tries);
    }

    [Fact]
    [Trait("Rule", "N3")]
    public async Task What_was_not_even_tried_does_not_count_as_a_try()
    {
        var rounds = 10;
        _stage.Receiver = _ => Task.FromResult(Interlocked.Decrement(ref rounds) >= 0 ? new SendResult(SendOutcome.NotTried, "down") : SendResult.Delivered);
        await using var work = _stage.Start();

        await work.Take(Stage.Batch(_stage.Happen(1)));

        await Tasks.Until(() => _stage.Log.Rows is [{ State: NoticeState.Delivered }]);
        _stage.Log.Rows[0].Tries.ShouldBe(1);
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("lose")]
    public async Task When_the_log_does_not_answer_the_place_is_read_again_and_nothing_is_lost_or_sent_twice(string trouble)
    {
        _stage.Log.Script.Enqueue(trouble);
        await using var work = _stage.Start();

        await work.Take(Stage.Batch(_stage.Happen(3)));
        await work.Take(Stage.Batch(_stage.Happen(3)));

        await Tasks.Until(() => _stage.Log.Rows.Count == 6);
        _stage.Sent.Distinct().Count().ShouldBe(6);
        _stage.Sent.Count.ShouldBe(6);
    }

    [Fact]
    public async Task When_subscriptions_change_meanwhile_the_batch_is_decided_again()
    {
        await using var work = _stage.Start();
        await work.Take(Stage.Batch(_stage.Happen(1)));
        await Tasks.Until(() => _stage.Log.Rows.Count == 1);
        _stage.Log.SubscriptionsChanged(_stage.Partition);

        await work.Take(Stage.Batch(_stage.Happen(2)));

        await Tasks.Until(() => _stage.Log.Rows.Count == 3);
        _stage.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_teller_that_is_asked_to_stop_gives_its_slow_receivers_a_moment()
    {
        var answer = new TaskCompletionSource<SendResult>();
        _stage.Receiver = _ => answer.Task;
        var work = _stage.Start();
        await work.Take(Stage.Batch(_stage.Happen(1)));
        await Tasks.Until(() => _stage.Log.Rows is [{ State: NoticeState.Due }]);

        var stopped = work.DisposeAsync();
        answer.SetResult(SendResult.Delivered);
        await stopped;

        _stage.Log.Rows.ShouldHaveSingleItem().State.ShouldBe(NoticeState.Delivered);
    }

    [Fact]
    public Task No_fact_untold_whatever_is_lost_repeated_or_dies() => Gen.Int.Array[30].SampleAsync(Play, iter: 12, threads: 2);

    // Batches are lost, come twice or late; the log fails; activations die and two live at once; the receiver fails.
    private static async Task Play(int[] steps)
    {
        var stage = new Stage();
        var random = new Random(steps[0]);
        stage.Receiver = _ =>
        {
            lock (random) return Task.FromResult(random.Next(6) switch { 0 => new SendResult(SendOutcome.NotTried, "down"), _ => SendResult.Delivered });
        };
        var tellers = new List<Stage.Work> { stage.Start() };
        var batches = new List<NoticeBatch>();
        foreach (var step in steps)
        {
            switch ((step & int.MaxValue) % 8)
            {
                case 0:
                    tellers.Add(stage.Start());
                    break;
                case 1 when tellers.Count > 1:
                    await tellers[0].DisposeAsync();
                    tellers.RemoveAt(0);
                    break;
                case 2:
                    lock (stage.Log.Script) stage.Log.Script.Enqueue("fail");
                    break;
                case 3:
                    lock (stage.Log.Script) stage.Log.Script.Enqueue("lose");
                    break;
                case 4 when batches.Count > 0:
                    await tellers[0].Take(batches[random.Next(batches.Count)]);
                    break;
                case 5:
                    batches.Add(Stage.Batch(stage.Happen(2)));
                    break;
                default:
                    batches.Add(Stage.Batch(stage.Happen(1)));
                    await tellers[^1].Take(batches[^1]);
                    break;
            }
        }

        var last = stage.Happen(1);
        var all = (await stage.Read(default, 10_000, default)).Facts;
        // What the publisher says every few seconds.
        foreach (var teller in tellers) await teller.Take(new NoticeBatch(last[0].Position, last[0].Position, []));
        // What is due since another activation wrote it down is looked for twice a minute; nobody waits so long here.
        foreach (var teller in tellers[..^1]) await teller.DisposeAsync();
        await tellers[^1].LookForDue();
        await Tasks.Until(() => stage.Log.Rows.Count(row => row.State == NoticeState.Delivered) == all.Count);
        await tellers[^1].DisposeAsync();

        stage.Log.Rows.Select(row => row.Key).ShouldBe(all.Select(stage.KeyOf), ignoreOrder: true);
        stage.Sent.Distinct().ShouldBe(all.Select(stage.KeyOf), ignoreOrder: true);
    }
}
