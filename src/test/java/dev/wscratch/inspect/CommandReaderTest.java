package dev.wscratch.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandReaderTest {
    private static Command read(String json) {
        return CommandReader.read(json.replace('\'', '"'));
    }

    @Test
    void eachCommandIsRead() {
        String lab = "0123456789abcdef".repeat(2);
        ByteBuffer hello = ByteBuffer.wrap(new byte[] {'h', 'i'});
        assertThat(read("{'type':'watch','lab':'" + lab + "','later':{}}")).isEqualTo(new Command.Watch(lab));
        assertThat(read("{'type':'ping','id':1,'connection':2,'payload':'aGk='}"))
                .isEqualTo(new Command.Ping(1, 2, hello));
        assertThat(read("{'type':'send','id':1,'connection':2,'kind':'binary','parts':['aGk=','']}"))
                .isEqualTo(new Command.Send(1, 2, false, List.of(hello, ByteBuffer.allocate(0))));
        assertThat(read("{'type':'close','id':1,'connection':2,'code':4000,'reason':'bye'}"))
                .isEqualTo(new Command.Close(1, 2, 4000, "bye"));
        assertThat(read("{'type':'close','id':1,'connection':2,'code':1000}"))
                .isEqualTo(new Command.Close(1, 2, 1000, ""));
        assertThat(read("{'type':'raw','id':1,'connection':2,'path':'/echo','headers':[['A','b'],['Host',null]],"
                        + "'key':'k','bytes':'aGk='}"))
                .isEqualTo(new Command.Raw(
                        1,
                        2,
                        "/echo",
                        List.of(new Command.Header("A", "b"), new Command.Header("Host", null)),
                        "k",
                        hello));
        assertThat(read("{'type':'raw','id':1,'connection':2,'path':'/','bytes':''}"))
                .isEqualTo(new Command.Raw(1, 2, "/", List.of(), null, ByteBuffer.allocate(0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense                                                        | syntax",
                "[1]                                                             | syntax",
                "{} 1                                                            | syntax",
                "{'type':'watch','type':'watch'}                                 | syntax",
                "{'type':'dance'}                                                | wrong-value",
                "{'type':'watch','lab':'0123'}                                   | wrong-value",
                "{'type':'watch','lab':['0123']}                                 | wrong-value",
                "{'type':'ping','id':-1,'connection':2,'payload':''}             | wrong-value",
                "{'type':'ping','id':1.5,'connection':2,'payload':''}            | wrong-value",
                "{'type':'ping','id':1,'connection':0,'payload':''}              | wrong-value",
                "{'type':'ping','id':1,'connection':2}                           | wrong-value",
                "{'type':'ping','id':1,'connection':2,'payload':'*'}             | wrong-value",
                "{'type':'send','id':1,'connection':2,'kind':'text','parts':[]}  | wrong-value",
                "{'type':'send','id':1,'connection':2,'kind':'text','parts':['4oI=']}    | wrong-value",
                "{'type':'send','id':1,'connection':2,'kind':'other','parts':['']}       | wrong-value",
                "{'type':'send','id':1,'connection':2,'kind':'text','parts':[['']]}      | wrong-value",
                "{'type':'close','id':1,'connection':2,'code':1006}              | wrong-value",
                "{'type':'close','id':1,'connection':2,'code':1010}              | wrong-value",
                "{'type':'raw','id':1,'connection':2,'path':'echo','bytes':''}   | wrong-value",
                "{'type':'raw','id':1,'connection':2,'path':'/a b','bytes':''}   | wrong-value",
                "{'type':'raw','id':1,'connection':2,'path':'/','bytes':'','headers':[['A','b\\r\\nC: d']]} | wrong-value",
                "{'type':'raw','id':1,'connection':2,'path':'/','bytes':'','headers':[['A:','b']]}  | wrong-value",
                "{'type':'raw','id':1,'connection':2,'path':'/','bytes':'','key':'a\\nb'}           | wrong-value",
            },
            quoteCharacter = '`')
    void whatIsNoCommandIsAProblem(String json, String code) {
        assertThat(read(json)).isInstanceOf(Command.Misunderstood.class);
        assertThat(((Command.Misunderstood) read(json)).problem().code()).isEqualTo(code);
    }

    @Test
    void whatIsTooMuchIsAProblem() {
        assertThat(read("{'type':'raw','id':1,'connection':2,'path':'/','bytes':'" + "AAAA".repeat(22_000) + "'}"))
                .isInstanceOf(Command.Misunderstood.class);
        assertThat(read("{'type':'send','id':1,'connection':2,'kind':'text','parts':['" + "','".repeat(16) + "']}"))
                .isInstanceOf(Command.Misunderstood.class);
        assertThat(read("[".repeat(100_000))).isInstanceOf(Command.Misunderstood.class);
        assertThat(read("{'a':[" + "1,".repeat(100_000) + "1]}")).isInstanceOf(Command.Misunderstood.class);
    }

    @Test
    void aProblemHasTheNumberOfItsCommandIfThatCanBeRead() {
        Command command = read("{'type':'ping','id':7,'connection':2}");
        assertThat(((Command.Misunderstood) command).problem().id()).isEqualTo(7L);
    }
}
