using Zvonok.Grains.Registry;

namespace Zvonok.Journal.Registry;

/// <summary>Who may bring and collect whom (P8).</summary>
internal sealed partial class RegistryImporter
{
    private async Task ImportPickUps(PickUpRow[] rows, Tally tally, CancellationToken stop)
    {
        var accounts = await _lookup.Accounts(rows.SelectMany(row => new[] { row.Right.Adult, row.Right.Child }), stop);
        var known = await _lookup.PickUps(rows.Select(row => row.Right.Adult), stop);
        var sizes = known.Keys.GroupBy(key => key.Adult).ToDictionary(adult => adult.Key, adult => adult.Count());
        var write = new Dictionary<(AccountNumber Adult, AccountNumber Child, bool IsDeny), PickUpRight>();
        foreach (var row in rows)
        {
            var key = (row.Right.Adult, row.Right.Child, row.Right.IsDeny);
            var before = write.GetValueOrDefault(key) ?? known.GetValueOrDefault(key);
            var size = sizes.GetValueOrDefault(row.Right.Adult) + (before is null ? 1 : 0);
            if (Fault(row.Right, size, accounts) is var (field, reason))
            {
                tally.Bad(row, field, reason);
                continue;
            }

            if (!tally.Count(before, row.Right)) continue;
            write[key] = row.Right;
            sizes[row.Right.Adult] = size;
        }

        if (write.Count > 0) await _store.Write([.. write.Values], stop);
    }

    private static (string Field, string Reason)? Fault(PickUpRight right, int size, Dictionary<AccountNumber, AccountProfile> accounts)
    {
        if (!accounts.ContainsKey(right.Adult)) return ("adult_account_number", $"Account {right.Adult} is not registered: send it before its rights.");
        if (!accounts.ContainsKey(right.Child)) return ("child_account_number", $"Account {right.Child} is not registered: send it before who brings and collects it.");
        if (size > Limits.PickUpRightsMax) return ("adult_account_number", $"Account {right.Adult} has {Limits.PickUpRightsMax} rights, which are the most.");
        return null;
    }
}
