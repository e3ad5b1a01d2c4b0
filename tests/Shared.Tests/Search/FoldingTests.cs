using CrmPlatform.Journal.Search;
using Xunit;

namespace CrmPlatform.Shared.Tests.Search;

/// <summary>Texts as they are searched, whatever the machine's locale.</summary>
public sealed class FoldingTests
{
    [Theory]
    [InlineData("  Ada \t Lovelace\n", "ada lovelace")]
    [InlineData("Müller-Lüdenscheidt", "muller-ludenscheidt")]
    [InlineData("Ferre\u0301", "ferre")]
    [InlineData("Æsir Øre Łódź ĲSSEL ǅ", "aesir ore lodz ijssel dz")]
    [InlineData("İSTANBUL Yıldız", "istanbul yildiz")]
    [InlineData("Straße ẞ", "strasse ss")]
    [InlineData("Nguyễn Trường Tộ", "nguyen truong to")]
    [InlineData("Ὀδυσσεύς", "οδυσσευσ")]
    [InlineData("Ёлкин", "елкин")]
    [InlineData("ＦＵＬＬ　ｗｉｄｔｈ", "full width")]
    [InlineData("O’Neil – “x”", "o'neil - x")]
    [InlineData("田中A", "u7530 u4e2d a")]
    [InlineData("👩‍🚀!", "u1f469 u1f680 !")]
    [InlineData("a\u0000b\u200dc", "a bc")]
    public void A_text_is_folded_to_what_people_type(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Fact]
    public void Folding_what_is_folded_changes_nothing_and_no_text_is_too_odd()
    {
        for (var value = 0; value <= 0xFFFF; value++)
        {
            var once = Folding.Fold($"x{(char)value}x");
            Assert.Equal(once, Folding.Fold(once));
        }
    }
}
