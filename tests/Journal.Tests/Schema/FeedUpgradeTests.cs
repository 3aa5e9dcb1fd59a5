using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Schema;

/// <summary>What was committed before there was a feed is in the feed, in the order in which it was recorded.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "N1")]
public sealed class FeedUpgradeTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task A_database_of_the_first_program_has_its_facts_in_the_feed_before_all_new_ones(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()), new AccountRow(3, Given.Account(5)));
        await journal.Register([.. Enumerable.Range(1, 2_500).Select(n => new CardRow(n, Given.Card(n)))]);
        var (first, second) = (new Ledger(), new Ledger(5));
        for (var n = 0; n < 20; n++)
        {
            await journal.Commit(second.TopUp(), first.TopUp());
            await journal.Commit(Given.Passage(n + 1) with { RecordedAt = Given.Morning + Duration.FromMinutes(n) });
        }

        await TakeBackToTheFirstStep(journal, store);
        await journal.Prepare();
        await journal.Commit(first.Sell());
        await journal.Register(new CardRow(1, Given.Card(1, CardState.Lost)));

        var facts = await journal.ReadFeed(pageSize: 50);
        facts.Count.ShouldBe(60 + 2_500 + 2);
        facts.Take(60).Select(fact => fact.RecordedAt).ShouldBeInOrder();
        facts.Take(60).Select(fact => fact.Key.ToString()).ShouldBe(Enumerable.Range(1, 20).SelectMany(seq => new[]
        {
            $"account/{Given.Number(5)}/{seq}", $"account/{Given.Number()}/{seq}", $"building/1501/{seq}",
        }));
        facts.Skip(60).Take(2_500).Select(fact => fact.Key.ToString()).ShouldBe(Enumerable.Range(1, 2_500).Select(n => $"card/{Given.Token(n)}/1"), ignoreOrder: true);
        facts.Skip(60).Take(2_500).GroupBy(fact => fact.Position).Max(group => group.Count()).ShouldBeLessThanOrEqualTo(1_000);
        facts.Skip(2_560).Select(fact => fact.Key.ToString()).ShouldBe([$"account/{Given.Number()}/21", $"card/{Given.Token(1)}/2"]);
    }

    [Theory, EveryStore]
    public async Task An_empty_database_of_the_first_program_begins_at_the_beginning(Store store)
    {
        await using var journal = await databases.Open(store);
        await TakeBackToTheFirstStep(journal, store);

        await journal.Prepare();
        await journal.Commit(Given.Passage());

        (await journal.ReadFeedKeys()).ShouldBe(["building/1501/1"]);
    }

    private static async Task TakeBackToTheFirstStep(TestJournal journal, Store store)
    {
        await journal.Sql("drop table visit; drop table visitor_serial; drop index passage_safety; drop index passage_alarm; drop table alarm; drop table alarm_place; alter table presence_checkpoint drop column roll_call; alter table building drop column lockdown_roles; alter table building drop column safety_roles; alter table account drop column group_key; alter table account drop column roles");
        await journal.Sql(store == Store.Sqlite ? "drop index entry_tx; drop index passage_tx" : "drop index entry_days");
        await journal.Sql("drop table subscription; drop table notice_place; drop table notice");
        await journal.Sql("alter table entry drop column tx; alter table passage drop column tx; drop table card_change; drop table feed_clock");
        await journal.Sql("drop table card_event; drop table card_replacement; drop index card_account; alter table card drop column is_cloned");
        await journal.Sql("drop table orleansquery; drop table grain_state");
        await journal.Sql("drop table device_hub; drop table device_link; drop table fire_input");
        await journal.Sql("alter table entry drop column marks");
        await journal.Sql("drop index passage_account; drop index passage_annulment; alter table building drop column hard_anti_passback");
        await journal.Sql("alter table passage drop column annulled; alter table passage drop column inside_since; alter table passage drop column vouched_by; alter table passage drop column vouch_reason; alter table passage drop column escort; drop table pick_up");
        await journal.Sql("alter table passage drop column outside_since; alter table passage drop column last_operation; alter table passage drop column awaited; alter table presence_checkpoint drop column people");
        await journal.Sql("drop table transfer; drop table fee_policy; drop table preorder; drop table day_close; alter table entry drop column counterpart; alter table entry drop column counterpart_seq; alter table entry drop column settled_by");
        await journal.Sql("drop table menu_item");
        await journal.Sql("drop table list_holder; drop table offline_list; drop table offline_policy; drop index card_home");
        await journal.Sql(store == Store.Sqlite
            ? "drop trigger card_further_added; drop trigger card_further_changed; drop trigger card_further_removed; drop table card_further"
            : "drop index card_further");
        await journal.Sql("alter table account drop column entitlements; alter table entry drop column payer; alter table entry drop column meal");
        await journal.Sql("alter table entry drop column redeemed_on; alter table entry drop column redeemed_after");
        await journal.Sql("alter table entry drop column rides_spent_after; alter table account drop column ride_limit");
        await journal.Sql("alter table entry drop column stop_override; alter table entry drop column reversed_lines; alter table account drop column stop_list");
        await journal.Sql("drop table credit_policy; alter table entry drop column credit_floor");
        await journal.Sql("drop table limit_change; alter table entry drop column buffet_spent_after");
        await journal.Sql("alter table account drop column hot_meal_limit; alter table account drop column buffet_limit");
        await journal.Sql("drop table city_day; drop table city_figure");
        if (store == Store.Postgres) await journal.Sql("drop index passage_days");
        await journal.Sql(store == Store.Postgres
            ? "drop function shift_feed; drop table cluster_version, cluster_member, reminder; delete from schema_version where version > 1"
            : "pragma user_version = 1");
    }
}
