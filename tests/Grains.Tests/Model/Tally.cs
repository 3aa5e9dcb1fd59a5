using System.Globalization;
using System.Text;

namespace Zvonok.Grains.Tests.Model;

/// <summary>What was played: operations by kind, answers by reason, and what broke meanwhile.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _operations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _answers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _events = new(StringComparer.Ordinal);

    public long Operations => _operations.Values.Sum();

    public void Operation(string kind, string answer)
    {
        Count(_operations, kind);
        Count(_answers, answer);
    }

    public void Event(string name) => Count(_events, name);

    public void Add(Tally other)
    {
        foreach (var (to, from) in new[] { (_operations, other._operations), (_answers, other._answers), (_events, other._events) })
            foreach (var (name, count) in from) Count(to, name, count);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (title, counts) in new[] { ("operations", _operations), ("answers", _answers), ("events", _events) })
        {
            text.Append(CultureInfo.InvariantCulture, $"{title}: {counts.Values.Sum():N0}\n");
            foreach (var (name, count) in counts) text.Append(CultureInfo.InvariantCulture, $"{count,12:N0}  {name}\n");
        }

        return text.ToString();
    }

    private static void Count(SortedDictionary<string, long> counts, string name, long count = 1) => counts[name] = counts.GetValueOrDefault(name) + count;
}
