using System.Text;
using CrmPlatform.Query.Meaning;
using Xunit;

namespace CrmPlatform.Query.Tests.Agreement;

/// <summary>Letters fold the same in PostgreSQL and here: all of Unicode is measured.</summary>
public sealed class FoldingTests(Database database)
{
    [Fact]
    public async Task Every_character_folds_the_same()
    {
        await using var command = database.Source.CreateCommand(
            $"select c, ascii({Folding.Sql("chr(c)")}), ascii(upper(chr(c) collate \"C.utf8\")) "
            + "from generate_series(1, 1114111) c where c not between 55296 and 57343");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> wrong = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var text = new Rune(reader.GetInt32(0)).ToString();
            if (Rune.GetRuneAt(Folding.Fold(text), 0).Value != reader.GetInt32(1) || Rune.GetRuneAt(Folding.Raise(text), 0).Value != reader.GetInt32(2))
                wrong.Add($"U+{reader.GetInt32(0):X}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} characters fold differently: {string.Join(' ', wrong.Take(50))}");
    }
}
